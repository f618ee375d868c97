-- What the boxes and the rows of bids amount to, for whoever checks the record: digests, no content, no names.

-- The line of a sealed bid, as its row says now. The same text stands in tenders/models/sealed.py.
CREATE FUNCTION public.tenders_bid_lines(
  OUT tender text, OUT name text, OUT digest text, OUT since integer, OUT until integer, OUT number integer
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  WITH package AS (
    SELECT p.id, 'project/' || j.number || '/package/' || p.number AS path
    FROM public.tenders_package p JOIN public.tenders_project j ON j.id = p.project_id
  )
  SELECT
    k.path, s.id::text,
    encode(sha256(convert_to(
      'sealed-bid-line/v1' || chr(10) || 'tender ' || k.path || chr(10) || 'bid ' || s.id || chr(10)
      || 'bidder ' || s.credit_code || chr(10) || 'payload_sha256 ' || s.payload_sha256 || chr(10)
      || 'bid_key ' || s.bid_key || chr(10) || 'received_at '
      || to_char(s.received_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.US"+08:00"') || chr(10),
      'UTF8')), 'hex'),
    s.tick, s.withdrawn_tick, b.number::integer
  FROM public.tenders_sealedbid s
  JOIN package k ON k.id = s.package_id
  LEFT JOIN public.tenders_bid b ON b.id = s.bid_id
$$;

-- The commitments of the register of envelopes, which lie in the same boxes.
CREATE FUNCTION public.tenders_envelope_digests(OUT tender text, OUT digest text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT 'project/' || j.number || '/package/' || p.number, d.digest
  FROM public.tenders_bid b
  JOIN public.tenders_package p ON p.id = b.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
  CROSS JOIN LATERAL (VALUES (b.digest), (b.withdrawal_digest)) d (digest)
  WHERE d.digest <> ''
$$;

CREATE FUNCTION public.tenders_box_ticks(
  OUT tender text, OUT secret bytea, OUT number integer, OUT value text, OUT digests text[], OUT closed boolean
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT 'project/' || j.number || '/package/' || p.number, x.secret, t.number, t.value, array(SELECT jsonb_array_elements_text(t.digests)), x.closed_at IS NOT NULL
  FROM public.tenders_bidtick t
  JOIN public.tenders_bidbox x ON x.package_id = t.box_id
  JOIN public.tenders_package p ON p.id = x.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
  ORDER BY t.box_id, t.number
$$;

-- A role that does not exist is passed over, as on a developer's machine.
DO $$
DECLARE
  role text;
  asked text;
BEGIN
  FOREACH asked IN ARRAY ARRAY['tenders_bid_lines()', 'tenders_envelope_digests()', 'tenders_box_ticks()'] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION public.%s FROM PUBLIC', asked);
    FOREACH role IN ARRAY ARRAY['tracker_app', 'tracker_sealer'] LOOP
      IF to_regrole(role) IS NOT NULL THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION public.%s TO %I', asked, role);
      END IF;
    END LOOP;
  END LOOP;
END
$$;
