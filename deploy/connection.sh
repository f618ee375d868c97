# Sourced by backup.sh and restore.sh. Sets PGPASSWORD and CONNECTION, a URL without it: a command line is public.
# A password with characters that a URL must encode is not understood.
[[ -n ${DATABASE_URL_FILE:-} ]] && DATABASE_URL=$(<"$DATABASE_URL_FILE")
: "${DATABASE_URL:?}"
CONNECTION=$DATABASE_URL
if [[ $DATABASE_URL =~ ^([a-z]+://[^:/@]+):([^@]+)@(.*)$ ]]; then
    export PGPASSWORD=${BASH_REMATCH[2]}
    CONNECTION=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
fi
