-- What the rows of comments amount to: for each its name in the record and the hash that its text and salt make now.
-- Whoever checks the record may ask for this, and need not be able to read what people wrote.
CREATE FUNCTION public.tenders_comment_commitments(OUT subject text, OUT commitment text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    'project/' || p.number || '/consultation/' || k.round || '/comment/' || c.number,
    encode(sha256('comment-v1'::bytea || c.salt || convert_to(c.text, 'UTF8')), 'hex')
  FROM public.tenders_comment c
  JOIN public.tenders_consultation k ON k.id = c.consultation_id
  JOIN public.tenders_project p ON p.id = k.project_id
$$;

REVOKE EXECUTE ON FUNCTION public.tenders_comment_commitments() FROM PUBLIC;

-- A role that does not exist is passed over, as on a developer's machine.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tracker_app', 'tracker_sealer'] LOOP
    IF to_regrole(name) IS NOT NULL THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION public.tenders_comment_commitments() TO %I', name);
    END IF;
  END LOOP;
END
$$;
