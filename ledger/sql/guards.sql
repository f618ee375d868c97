-- What is in the ledger stays as it is, for every role. ENABLE ALWAYS: also when session_replication_role is "replica".

ALTER TABLE public.ledger_entry
  ADD CONSTRAINT ledger_entry_seq CHECK (seq >= 0),
  ADD CONSTRAINT ledger_entry_size CHECK (octet_length(body) < 65536),
  ADD CONSTRAINT ledger_entry_leaf CHECK (leaf = sha256('\x00'::bytea || body));

ALTER TABLE public.ledger_checkpoint
  ADD CONSTRAINT ledger_checkpoint_size CHECK (size >= 0),
  ADD CONSTRAINT ledger_checkpoint_root CHECK (octet_length(root) = 32);

CREATE FUNCTION public.ledger_refuse() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation', HINT = 'Record a correction as a new entry.';
END
$$;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse();
ALTER TABLE public.ledger_entry ENABLE ALWAYS TRIGGER ledger_append_only;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse();
ALTER TABLE public.ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_append_only;
