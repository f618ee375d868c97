-- What each role of the database may do here. A role that does not exist is passed over, as on a developer's machine;
-- run this file again after creating it. Default privileges gave the application everything: take that back first.

DO $$
BEGIN
  IF to_regrole('tracker_app') IS NOT NULL THEN
    REVOKE ALL ON public.ledger_entry, public.ledger_checkpoint FROM tracker_app;
    GRANT SELECT ON public.ledger_entry, public.ledger_checkpoint TO tracker_app;
    GRANT EXECUTE ON FUNCTION public.ledger_head() TO tracker_app;
    GRANT EXECUTE ON FUNCTION public.ledger_append(text, text, text, bigint, timestamptz, bytea) TO tracker_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON public.ledger_task, public.ledger_democlock TO tracker_app;
    GRANT USAGE ON SEQUENCE public.ledger_task_id_seq TO tracker_app;
  END IF;

  IF to_regrole('tracker_sealer') IS NOT NULL THEN
    REVOKE ALL ON public.ledger_entry, public.ledger_checkpoint, public.ledger_task, public.ledger_democlock
      FROM tracker_sealer;
    GRANT SELECT ON public.ledger_entry, public.ledger_task TO tracker_sealer;
    GRANT SELECT, INSERT ON public.ledger_checkpoint TO tracker_sealer;
    GRANT INSERT ON public.ledger_task TO tracker_sealer;
    GRANT USAGE ON SEQUENCE public.ledger_task_id_seq TO tracker_sealer;
  END IF;
END
$$;
