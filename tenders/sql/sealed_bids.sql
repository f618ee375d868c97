-- When a sealed bid comes, and whether it comes in time, is said by this database and by nobody else.

-- Return the moment of a bidder's act, and the first tick that will tell of it. Errors: BB001 late or not open.
CREATE FUNCTION public.tenders_bidding_moment(_package bigint, OUT moment timestamptz, OUT tick integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  box record;
  tender record;
BEGIN
  moment := clock_timestamp();  -- before any waiting: what has come in time is in time
  -- The order of locks of all acts: the package, then its box.
  PERFORM FROM public.tenders_package p WHERE p.id = _package FOR KEY SHARE;
  SELECT b.last_tick, b.closed_at, b.on_demo_calendar INTO box
    FROM public.tenders_bidbox b WHERE b.package_id = _package FOR SHARE;
  IF NOT FOUND OR box.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'the box is not open' USING ERRCODE = 'BB001';
  END IF;
  IF box.on_demo_calendar THEN
    moment := moment + coalesce((SELECT c.ahead FROM public.ledger_democlock c), interval '0');
  END IF;
  SELECT p.state, p.bids_due_at INTO tender FROM public.tenders_package p WHERE p.id = _package;
  IF tender.state <> 'announced' OR tender.bids_due_at IS NULL OR moment > tender.bids_due_at THEN
    RAISE EXCEPTION 'the tender takes no bids' USING ERRCODE = 'BB001';
  END IF;
  tick := box.last_tick + 1;
END
$$;
REVOKE EXECUTE ON FUNCTION public.tenders_bidding_moment(bigint) FROM PUBLIC;

CREATE FUNCTION public.tenders_sealedbid_comes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  SELECT m.moment, m.tick INTO NEW.received_at, NEW.tick FROM public.tenders_bidding_moment(NEW.package_id) m;
  IF (NEW.withdrawn_at, NEW.withdrawn_tick, NEW.bid_id, NEW.failed_at) IS DISTINCT FROM (NULL, NULL, NULL, NULL) THEN
    RAISE EXCEPTION 'a bid comes sealed and standing' USING ERRCODE = 'BB002';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER tenders_sealedbid_comes BEFORE INSERT ON public.tenders_sealedbid
  FOR EACH ROW EXECUTE FUNCTION public.tenders_sealedbid_comes();
ALTER TABLE public.tenders_sealedbid ENABLE ALWAYS TRIGGER tenders_sealedbid_comes;

-- What was delivered stays as it is. It may be withdrawn once, before the deadline; the opening adds what it finds.
CREATE FUNCTION public.tenders_sealedbid_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a sealed bid is not deleted' USING ERRCODE = 'BB002';
  END IF;
  IF (NEW.id, NEW.package_id, NEW.organisation_id, NEW.submitted_by_id, NEW.bidder, NEW.credit_code, NEW.head,
      NEW.bid_key, NEW.payload_sha256, NEW.received_at, NEW.tick)
    IS DISTINCT FROM
     (OLD.id, OLD.package_id, OLD.organisation_id, OLD.submitted_by_id, OLD.bidder, OLD.credit_code, OLD.head,
      OLD.bid_key, OLD.payload_sha256, OLD.received_at, OLD.tick)
    OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    OR (OLD.bid_id IS NOT NULL AND NEW.bid_id IS DISTINCT FROM OLD.bid_id) THEN
    RAISE EXCEPTION 'a sealed bid stays as it was delivered' USING ERRCODE = 'BB002';
  END IF;
  IF NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at THEN
    SELECT m.moment, m.tick INTO NEW.withdrawn_at, NEW.withdrawn_tick
      FROM public.tenders_bidding_moment(NEW.package_id) m;
  ELSE
    NEW.withdrawn_tick := OLD.withdrawn_tick;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER tenders_sealedbid_stays BEFORE UPDATE OR DELETE ON public.tenders_sealedbid
  FOR EACH ROW EXECUTE FUNCTION public.tenders_sealedbid_stays();
ALTER TABLE public.tenders_sealedbid ENABLE ALWAYS TRIGGER tenders_sealedbid_stays;

-- A tick stays as it was made.
CREATE FUNCTION public.tenders_bidtick_stays() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'a tick stays as it was made' USING ERRCODE = 'BB002';
END
$$;
CREATE TRIGGER tenders_bidtick_stays BEFORE UPDATE OR DELETE ON public.tenders_bidtick
  FOR EACH ROW EXECUTE FUNCTION public.tenders_bidtick_stays();
ALTER TABLE public.tenders_bidtick ENABLE ALWAYS TRIGGER tenders_bidtick_stays;
