-- What the register of envelopes amounts to beside the ticks: digests, no names and no moments.

-- What lies in the boxes beside the lines of sealed bids: of the register the commitments of lines, of withdrawals and
-- of arrivals before both, and the heads of sealed bids.
CREATE OR REPLACE FUNCTION public.tenders_envelope_digests(OUT tender text, OUT digest text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  WITH package AS (
    SELECT p.id, 'project/' || j.number || '/package/' || p.number AS path
    FROM public.tenders_package p JOIN public.tenders_project j ON j.id = p.project_id
  )
  SELECT k.path, d.digest
  FROM public.tenders_bid b
  JOIN package k ON k.id = b.package_id
  CROSS JOIN LATERAL (VALUES (b.digest), (b.withdrawal_digest)) d (digest)
  WHERE d.digest <> ''
  UNION ALL
  SELECT k.path, a.digest FROM public.tenders_arrival a JOIN package k ON k.id = a.package_id WHERE a.digest <> ''
  UNION ALL
  SELECT k.path, s.head_sha256
  FROM public.tenders_sealedbid s JOIN package k ON k.id = s.package_id WHERE s.head_sha256 <> ''
$$;

-- The commitment of an arrival, as of that moment. The same bytes are made in tenders/register.py.
CREATE FUNCTION public.tenders_arrival_digest(tender text, salt bytea, moment timestamptz) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT encode(sha256('bid-arrival-v1'::bytea || salt || convert_to(
    '{"arrived_at":' || public.tenders_json_moment(moment) || ',"tender":' || public.tenders_json_text(tender) || '}',
    'UTF8')), 'hex')
$$;

-- What the last tick has to hold of each envelope that takes part: its line, and its withdrawal if there is one.
-- ``arrival`` may lie there instead, if the line was written from it afterwards. ``line`` names it: by its digest, or by
-- its key if it has none.
CREATE FUNCTION public.tenders_lines_in_boxes(OUT tender text, OUT line text, OUT digest text, OUT arrival text)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  WITH package AS (
    SELECT p.id, 'project/' || j.number || '/package/' || p.number AS path
    FROM public.tenders_package p JOIN public.tenders_project j ON j.id = p.project_id
  )
  SELECT k.path, coalesce(nullif(b.digest, ''), 'bid ' || b.id), d.digest, coalesce(public.tenders_arrival_digest(k.path, d.salt, d.moment), '')
  FROM public.tenders_bid b
  JOIN package k ON k.id = b.package_id
  LEFT JOIN public.tenders_arrival a ON a.bid_id = b.id
  LEFT JOIN public.tenders_bid r ON r.replaces_id = b.id
  LEFT JOIN public.tenders_arrival ra ON ra.bid_id = r.id
  CROSS JOIN LATERAL (VALUES
    (b.digest, a.salt, b.arrived_at, true),
    (CASE WHEN b.status = 'withdrawn' THEN b.withdrawal_digest ELSE '' END, ra.salt, b.withdrawn_at,
     b.status = 'withdrawn' OR b.withdrawal_digest <> '')
  ) d (digest, salt, moment, is_said)
  WHERE b.form = 'paper' AND b.status <> 'refused' AND d.is_said
$$;

-- The digest stays, like all else of a bid that was delivered.
CREATE FUNCTION public.tenders_head_stays() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'a sealed bid stays as it was delivered' USING ERRCODE = 'BB002';
END
$$;
CREATE TRIGGER tenders_head_stays BEFORE UPDATE OF head_sha256 ON public.tenders_sealedbid
  FOR EACH ROW WHEN (NEW.head_sha256 IS DISTINCT FROM OLD.head_sha256) EXECUTE FUNCTION public.tenders_head_stays();
ALTER TABLE public.tenders_sealedbid ENABLE ALWAYS TRIGGER tenders_head_stays;

-- The sealed bids whose head is not the one that was delivered.
CREATE FUNCTION public.tenders_other_heads(OUT tender text, OUT name text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT 'project/' || j.number || '/package/' || p.number, s.id::text
  FROM public.tenders_sealedbid s
  JOIN public.tenders_package p ON p.id = s.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
  WHERE s.head_sha256 <> encode(sha256(convert_to(s.head, 'UTF8')), 'hex')
$$;

-- What the rows of opened registers say now: each status, and of an electronic bid the digest of its line.
CREATE FUNCTION public.tenders_opened_bids(OUT tender text, OUT number integer, OUT status text, OUT line text)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    'project/' || j.number || '/package/' || p.number, b.number::integer, b.status,
    CASE b.form WHEN 'paper' THEN '' ELSE encode(sha256(convert_to(
      '{"arrived_at":' || public.tenders_json_moment(b.arrived_at)
      || ',"bidder":' || public.tenders_json_text(b.bidder)
      || ',"credit_code":' || public.tenders_json_text(b.credit_code)
      || ',"refusal_reason":' || public.tenders_json_text(b.refusal_reason) || '}', 'UTF8')), 'hex') END
  FROM public.tenders_bid b
  JOIN public.tenders_package p ON p.id = b.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
  WHERE p.opened_at IS NOT NULL
$$;

-- A role that does not exist is passed over, as on a developer's machine.
DO $$
DECLARE
  role text;
  asked text;
BEGIN
  FOREACH asked IN ARRAY ARRAY['tenders_lines_in_boxes()', 'tenders_other_heads()', 'tenders_opened_bids()'] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION public.%s FROM PUBLIC', asked);
    FOREACH role IN ARRAY ARRAY['tracker_app', 'tracker_sealer'] LOOP
      IF to_regrole(role) IS NOT NULL THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION public.%s TO %I', asked, role);
      END IF;
    END LOOP;
  END LOOP;
END
$$;
