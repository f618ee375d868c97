-- What the rows of each prequalification that was concluded amount to, for whoever checks the record: a hash, no names
-- and no findings. The same bytes are made in tenders/prequalified.py.
CREATE FUNCTION public.tenders_prequalification_commitments(OUT tender text, OUT commitment text)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    'project/' || j.number || '/package/' || p.number,
    encode(sha256('prequalification-v1'::bytea || q.salt || convert_to(coalesce((
      SELECT string_agg(encode(sha256(convert_to(
        '{"applicant":' || public.tenders_json_text(a.applicant)
        || ',"arrived_at":' || public.tenders_json_moment(a.arrived_at)
        || ',"credit_code":' || public.tenders_json_text(a.credit_code)
        || ',"number":' || a.number
        || ',"passed":' || coalesce(a.passed::text, 'null')
        || ',"reason":"' || CASE WHEN a.reason = '' THEN '' ELSE
             encode(sha256('prequalification-reason-v1'::bytea || q.salt || convert_to(a.reason, 'UTF8')), 'hex')
           END
        || '","refusal_reason":' || public.tenders_json_text(a.refusal_reason)
        || ',"status":' || public.tenders_json_text(a.status)
        || ',"withdrawn_at":' || coalesce(public.tenders_json_moment(a.withdrawn_at), 'null')
        || '}', 'UTF8')), 'hex'), chr(10) ORDER BY a.number)
      FROM public.tenders_applicant a WHERE a.package_id = p.id), ''), 'UTF8')), 'hex')
  FROM public.tenders_prequalification q
  JOIN public.tenders_package p ON p.id = q.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
  WHERE q.concluded_at IS NOT NULL
$$;

REVOKE EXECUTE ON FUNCTION public.tenders_prequalification_commitments() FROM PUBLIC;

-- A role that does not exist is passed over, as on a developer's machine.
DO $$
DECLARE
  role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['tracker_app', 'tracker_sealer'] LOOP
    IF to_regrole(role) IS NOT NULL THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION public.tenders_prequalification_commitments() TO %I', role);
    END IF;
  END LOOP;
END
$$;
