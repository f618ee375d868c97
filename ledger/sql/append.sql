-- The one way into the ledger. Names are qualified because a SECURITY DEFINER function must not trust a search path.

-- Wait for the turn to append, which lasts until the end of the transaction, and return the next place and the time.
-- Entries thus get their places in the order of commits, without gaps. A stuck session costs others an error, not patience.
CREATE FUNCTION public.ledger_head(OUT seq bigint, OUT recorded_at timestamptz)
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '3s'
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(6962);
  -- A statement of its own: it sees what the holder of the lock before us has committed.
  SELECT coalesce(max(e.seq) + 1, 0), clock_timestamp() INTO seq, recorded_at FROM public.ledger_entry e;
END
$$;

-- Append an entry and return its place. The same key again returns the first place and appends nothing.
CREATE FUNCTION public.ledger_append(
  _kind text, _subject text, _key text, _actor bigint, _at timestamptz, _body bytea
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  head record;
  earlier record;
  said json := convert_from(_body, 'UTF8')::json;
  said_at timestamptz := (said->>'recorded_at')::timestamptz;
BEGIN
  SELECT * INTO head FROM public.ledger_head();

  SELECT e.seq, e.kind, e.subject INTO earlier FROM public.ledger_entry e WHERE e.key = _key;
  IF FOUND AND (earlier.kind, earlier.subject) = (_kind, _subject) THEN
    RETURN earlier.seq;
  ELSIF FOUND THEN
    RAISE EXCEPTION 'entry % with the key % is another act', earlier.seq, _key USING ERRCODE = 'unique_violation';
  END IF;

  IF (said->>'seq')::bigint IS DISTINCT FROM head.seq THEN
    RAISE EXCEPTION 'the body says entry %, the next one is %', said->>'seq', head.seq USING ERRCODE = 'check_violation';
  END IF;
  IF (said->>'kind', said->>'subject') IS DISTINCT FROM (_kind, _subject) THEN
    RAISE EXCEPTION 'the body is about another act than %, %', _kind, _subject USING ERRCODE = 'check_violation';
  END IF;
  IF (said->>'at')::timestamptz IS DISTINCT FROM _at THEN
    RAISE EXCEPTION 'the body names another moment than %', _at USING ERRCODE = 'check_violation';
  END IF;
  IF said_at IS NULL OR said_at < transaction_timestamp() OR said_at > clock_timestamp() THEN
    RAISE EXCEPTION 'the body was not recorded now but at %', said_at USING ERRCODE = 'check_violation';
  END IF;

  INSERT INTO public.ledger_entry (seq, kind, subject, key, actor_id, at, recorded_at, body, leaf)
  VALUES (head.seq, _kind, _subject, _key, _actor, _at, said_at, _body, sha256('\x00'::bytea || _body));
  RETURN head.seq;
END
$$;

REVOKE EXECUTE ON FUNCTION public.ledger_head() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION public.ledger_append(text, text, text, bigint, timestamptz, bytea) FROM PUBLIC;
