-- An observer's words are final: neither the observer, nor the bureau, nor anybody with the application's role changes
-- or removes them. What is still empty may be written once.
CREATE FUNCTION public.integrity_keep_words() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'what an observer has written cannot be removed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_TABLE_NAME = 'integrity_attendance' THEN
    IF OLD.opinion_at IS NOT NULL AND (NEW.opinion, NEW.opinion_at) IS DISTINCT FROM (OLD.opinion, OLD.opinion_at) THEN
      RAISE EXCEPTION 'an opinion cannot be changed' USING ERRCODE = 'restrict_violation';
    END IF;
  ELSIF (NEW.item, NEW.finding, NEW.text, NEW.observed_at)
      IS DISTINCT FROM (OLD.item, OLD.finding, OLD.text, OLD.observed_at) THEN
    RAISE EXCEPTION 'what an observer has seen cannot be changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER keep_words BEFORE UPDATE OR DELETE ON public.integrity_observation
FOR EACH ROW EXECUTE FUNCTION public.integrity_keep_words();
CREATE TRIGGER keep_opinion BEFORE UPDATE ON public.integrity_attendance
FOR EACH ROW EXECUTE FUNCTION public.integrity_keep_words();
ALTER TABLE public.integrity_observation ENABLE ALWAYS TRIGGER keep_words;
ALTER TABLE public.integrity_attendance ENABLE ALWAYS TRIGGER keep_opinion;
