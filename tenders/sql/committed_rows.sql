-- What the rows of registers, committees and evaluation reports amount to, for whoever checks the record: hashes, no
-- names and no findings. The same bytes are made in tenders/register.py and tenders/models/{committee,evaluation}.py.

-- A text as canonical JSON (RFC 8785) says it.
CREATE FUNCTION public.tenders_json_text(said text) RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT to_json(normalize(said, NFC))::text $$;

-- A moment as the record says it: with microseconds only if there are any.
CREATE FUNCTION public.tenders_json_moment(moment timestamptz) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT '"' || to_char(moment AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN date_trunc('second', moment) = moment THEN '' ELSE to_char(moment, '.US') END || '+08:00"'
$$;

-- The lines of registers that were opened: the digests that they had, and those that they make now.
CREATE FUNCTION public.tenders_register_lines(
  OUT tender text, OUT number integer, OUT digest text, OUT made text, OUT withdrawal text, OUT made_withdrawal text,
  OUT status text, OUT arrived_at timestamptz
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    k.path, b.number::integer, b.digest,
    encode(sha256('bid-line-v1'::bytea || b.salt || convert_to(
      '{"arrived_at":' || public.tenders_json_moment(b.arrived_at)
      || ',"bidder":' || public.tenders_json_text(b.bidder)
      || ',"credit_code":' || public.tenders_json_text(b.credit_code)
      || ',"envelopes":' || b.envelopes
      || ',"photos":[' || coalesce((
           SELECT string_agg('"' || f.sha256 || '"', ',' ORDER BY f.id)
           FROM public.tenders_bidphoto f WHERE f.bid_id = b.id), '') || ']'
      || ',"refusal_reason":' || public.tenders_json_text(b.refusal_reason)
      || ',"seal_note":' || public.tenders_json_text(b.seal_note)
      || ',"sealed":' || CASE WHEN b.sealed THEN 'true' ELSE 'false' END
      || ',"tender":' || public.tenders_json_text(k.path) || '}', 'UTF8')), 'hex'),
    b.withdrawal_digest,
    CASE WHEN b.withdrawal_digest = '' THEN '' ELSE
      encode(sha256('bid-withdrawal-v1'::bytea || b.salt || convert_to(
        '{"withdrawn_at":' || coalesce(public.tenders_json_moment(b.withdrawn_at), 'null')
        || ',"withdraws":"' || b.digest || '"}', 'UTF8')), 'hex')
    END,
    b.status, b.arrived_at
  FROM public.tenders_bid b
  JOIN (
    SELECT p.id, p.opened_at, 'project/' || j.number || '/package/' || p.number AS path
    FROM public.tenders_package p JOIN public.tenders_project j ON j.id = p.project_id
  ) k ON k.id = b.package_id
  WHERE b.form = 'paper' AND b.digest <> '' AND k.opened_at IS NOT NULL
$$;

-- What the names that are kept of each draw make now, and how many they are.
CREATE FUNCTION public.tenders_draw_commitments(OUT subject text, OUT commitment text, OUT members integer)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    'project/' || j.number || '/package/' || p.number || '/draw/' || d.number,
    encode(sha256('committee-draw-v1'::bytea || d.salt || convert_to(coalesce(m.names, ''), 'UTF8')), 'hex'),
    coalesce(m.members, 0)::integer
  FROM public.tenders_committeedraw d
  JOIN public.tenders_package p ON p.id = d.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
  LEFT JOIN (
    SELECT
      c.draw_id, count(*) AS members,
      string_agg(concat_ws(chr(9), c.number, c.kind, c.name, c.employer, c.speciality), chr(10) ORDER BY c.number)
        AS names
    FROM public.tenders_committeemember c GROUP BY c.draw_id
  ) m ON m.draw_id = d.id
$$;

-- Who has left a committee, by number, and on which ground; empty: who has not.
CREATE FUNCTION public.tenders_member_grounds(OUT subject text, OUT ground text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    'project/' || j.number || '/package/' || p.number || '/member/' || c.number,
    CASE WHEN c.withdrawn_at IS NULL THEN '' ELSE c.withdrawn_for END
  FROM public.tenders_committeemember c
  JOIN public.tenders_package p ON p.id = c.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
$$;

-- What each evaluation report makes now, and whether the committee is said to have corrected it.
CREATE FUNCTION public.tenders_report_commitments(OUT tender text, OUT commitment text, OUT settled boolean)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT
    'project/' || j.number || '/package/' || p.number,
    encode(sha256('evaluation-report-v1'::bytea || e.salt || convert_to(
      '{"bids":[' || coalesce((
        SELECT string_agg(
          '{"eligibility":' || public.tenders_json_text(b.eligibility)
          || ',"evaluated_price_fen":' || coalesce(b.evaluated_price_fen::text, 'null')
          || ',"number":' || b.number
          || ',"rank":' || coalesce(b.rank::text, 'null')
          || ',"rejection_ground":' || public.tenders_json_text(b.rejection_ground)
          || ',"rejection_reason":' || public.tenders_json_text(b.rejection_reason)
          || ',"score":"' || coalesce(b.score::text, 'None') || '"}', ',' ORDER BY b.number)
        FROM public.tenders_bid b WHERE b.package_id = p.id AND b.status = 'accepted'), '')
      || '],"clarifications":' || public.tenders_json_text(e.clarifications)
      || ',"members":[' || coalesce((
        SELECT string_agg(
          '{"dissent":' || public.tenders_json_text(c.dissent)
          || ',"number":' || c.number
          || ',"signature":' || public.tenders_json_text(c.signature) || '}', ',' ORDER BY c.number)
        FROM public.tenders_committeemember c WHERE c.package_id = p.id AND c.withdrawn_at IS NULL), '')
      || '],"summary":' || public.tenders_json_text(e.summary) || '}', 'UTF8')), 'hex'),
    'settled' IN (e.check_scores, e.check_prices, e.check_rejections, e.check_ranking)
  FROM public.tenders_evaluation e
  JOIN public.tenders_package p ON p.id = e.package_id
  JOIN public.tenders_project j ON j.id = p.project_id
$$;

-- A role that does not exist is passed over, as on a developer's machine.
DO $$
DECLARE
  role text;
  asked text;
BEGIN
  FOREACH asked IN ARRAY ARRAY[
    'tenders_register_lines()', 'tenders_draw_commitments()', 'tenders_member_grounds()', 'tenders_report_commitments()'
  ] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION public.%s FROM PUBLIC', asked);
    FOREACH role IN ARRAY ARRAY['tracker_app', 'tracker_sealer'] LOOP
      IF to_regrole(role) IS NOT NULL THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION public.%s TO %I', asked, role);
      END IF;
    END LOOP;
  END LOOP;
END
$$;
