-- While a tender stands still its deadline has no force: what lies in the box may be taken out, and nothing comes in.

CREATE OR REPLACE FUNCTION public.tenders_bidding_moment(_package bigint, OUT moment timestamptz, OUT tick integer)
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
  IF tender.state <> 'announced' OR coalesce(moment > tender.bids_due_at, false) THEN
    RAISE EXCEPTION 'the tender takes no bids' USING ERRCODE = 'BB001';
  END IF;
  tick := box.last_tick + 1;
END
$$;

CREATE OR REPLACE FUNCTION public.tenders_sealedbid_comes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  SELECT m.moment, m.tick INTO NEW.received_at, NEW.tick FROM public.tenders_bidding_moment(NEW.package_id) m;
  IF EXISTS (SELECT FROM public.tenders_package p WHERE p.id = NEW.package_id AND p.bids_due_at IS NULL) THEN
    RAISE EXCEPTION 'the tender stands still' USING ERRCODE = 'BB001';
  END IF;
  IF (NEW.withdrawn_at, NEW.withdrawn_tick, NEW.bid_id, NEW.failed_at) IS DISTINCT FROM (NULL, NULL, NULL, NULL) THEN
    RAISE EXCEPTION 'a bid comes sealed and standing' USING ERRCODE = 'BB002';
  END IF;
  RETURN NEW;
END
$$;
