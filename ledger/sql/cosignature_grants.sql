-- What each role of the database may do with cosignatures. Run it again, after grants.sql, when a role is made later.

DO $$
BEGIN
  IF to_regrole('tracker_app') IS NOT NULL THEN
    REVOKE ALL ON public.ledger_cosignature FROM tracker_app;
    GRANT SELECT ON public.ledger_cosignature TO tracker_app;
  END IF;

  IF to_regrole('tracker_sealer') IS NOT NULL THEN
    REVOKE ALL ON public.ledger_cosignature FROM tracker_sealer;
    GRANT SELECT, INSERT ON public.ledger_cosignature TO tracker_sealer;
    GRANT USAGE ON SEQUENCE public.ledger_cosignature_id_seq TO tracker_sealer;
  END IF;
END
$$;
