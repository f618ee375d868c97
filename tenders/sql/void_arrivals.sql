-- The arrivals that were noted and declared void, of tenders that were opened: what is public of them by then. The same
-- is told in tenders/register.py.
CREATE FUNCTION public.tenders_void_arrivals(OUT tender text, OUT arrived timestamptz, OUT line text)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT k.path, a.arrived_at,
    '{"arrived_at":' || public.tenders_json_moment(a.arrived_at)
    || ',"digest":"' || a.digest
    || '","number":' || a.number
    || ',"reason":' || public.tenders_json_text(CASE WHEN a.voided_at IS NULL THEN '' ELSE a.void_reason END)
    || ',"salt":"' || encode(a.salt, 'hex')
    || '","voided_at":' || coalesce(public.tenders_json_moment(a.voided_at), 'null') || '}'
  FROM (
    SELECT n.*, row_number() OVER (PARTITION BY n.package_id ORDER BY n.arrived_at, n.id) AS number
    FROM public.tenders_arrival n
  ) a
  JOIN (
    SELECT p.id, 'project/' || j.number || '/package/' || p.number AS path
    FROM public.tenders_package p JOIN public.tenders_project j ON j.id = p.project_id
    WHERE p.opened_at IS NOT NULL
  ) k ON k.id = a.package_id
  WHERE a.void_reason <> ''
  ORDER BY k.path, a.number
$$;

REVOKE EXECUTE ON FUNCTION public.tenders_void_arrivals() FROM PUBLIC;

-- A role that does not exist is passed over, as on a developer's machine.
DO $$
DECLARE
  role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['tracker_app', 'tracker_sealer'] LOOP
    IF to_regrole(role) IS NOT NULL THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION public.tenders_void_arrivals() TO %I', role);
    END IF;
  END LOOP;
END
$$;
