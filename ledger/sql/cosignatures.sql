-- A witness's signature stays as it was given, like the checkpoint under which it stands.

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_cosignature
  FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse();
ALTER TABLE public.ledger_cosignature ENABLE ALWAYS TRIGGER ledger_append_only;
