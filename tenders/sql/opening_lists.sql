-- What openings have revealed in a file of lists: public since then. For whoever checks the record.
CREATE FUNCTION public.tenders_opening_lists(OUT tender text, OUT lists text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT 'project/' || j.number || '/package/' || p.number, x.lists
  FROM public.tenders_bidbox x
  JOIN public.tenders_package p ON p.id = x.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
  WHERE x.lists <> '' AND p.opened_at IS NOT NULL
$$;

REVOKE EXECUTE ON FUNCTION public.tenders_opening_lists() FROM PUBLIC;

-- A role that does not exist is passed over, as on a developer's machine.
DO $$
DECLARE
  role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['tracker_app', 'tracker_sealer'] LOOP
    IF to_regrole(role) IS NOT NULL THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION public.tenders_opening_lists() TO %I', role);
    END IF;
  END LOOP;
END
$$;
