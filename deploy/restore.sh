#!/usr/bin/env bash
# Restores what backup.sh saved, into an empty database and an empty DATA folder:
#   restore.sh /var/backups/tracker/tracker-20260801T023000Z
#   DATABASE_URL (or DATABASE_URL_FILE) of tracker_owner, made by roles.sql before; DATA
# Run by root, files get their owners back. Nothing is overwritten. Afterwards: `manage.py check_ledger`, and only then start the services.
set -euo pipefail
umask 027

backup=${1:?"usage: restore.sh BACKUP"}
: "${DATA:?}"
# shellcheck source=deploy/connection.sh
. "$(dirname "$0")/connection.sh"
PSQL=${PSQL:-psql}
PG_RESTORE=${PG_RESTORE:-pg_restore}

(cd "$backup" && sha256sum --check --quiet SHA256SUMS)

tables=$("$PSQL" "$CONNECTION" -XAtc "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
if [[ $tables != 0 ]]; then
    echo "the database has $tables tables; restore into an empty one" >&2
    exit 1
fi
for folder in media public; do
    if [[ -d $DATA/$folder && -n $(find "$DATA/$folder" -type f -print -quit) ]]; then
        echo "$DATA/$folder holds files" >&2
        exit 1
    fi
done

"$PG_RESTORE" --exit-on-error --no-owner --single-transaction --dbname="$CONNECTION" "$backup/database.dump"
mkdir -p "$DATA"
tar --extract --gzip --file="$backup/files.tar.gz" --directory="$DATA"
echo "restored; now: manage.py check_ledger"
