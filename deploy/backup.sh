#!/usr/bin/env bash
# Saves the database and the files of an instance as BACKUPS/tracker-<time>/, with checksums; keeps the newest KEEP.
#   DATABASE_URL (or DATABASE_URL_FILE) of tracker_owner, DATA, BACKUPS; KEEP=14
# The ledger's key is not in it: it is kept apart, sealed, by two persons.
set -euo pipefail
umask 077

: "${DATA:?}" "${BACKUPS:?}"
# shellcheck source=deploy/connection.sh
. "$(dirname "$0")/connection.sh"
PG_DUMP=${PG_DUMP:-pg_dump}

name=tracker-$(date -u +%Y%m%dT%H%M%SZ)
unfinished=$(mktemp -d "$BACKUPS/.unfinished-XXXXXX")
trap 'rm -rf "$unfinished"' EXIT

# The database first: a file is written before the row that names it, so no row of the dump lacks its file.
"$PG_DUMP" --format=custom --file="$unfinished/database.dump" --dbname="$CONNECTION"
folders=()
for folder in media public; do
    [[ -d $DATA/$folder ]] && folders+=("$folder")
done
# Publishing may replace a file meanwhile (tar's code 1): both versions are whole.
tar --create --gzip --file="$unfinished/files.tar.gz" --directory="$DATA" "${folders[@]}" || [[ $? == 1 ]]
(cd "$unfinished" && sha256sum database.dump files.tar.gz > SHA256SUMS)
sync "$unfinished"/*
mv "$unfinished" "$BACKUPS/$name"
echo "$BACKUPS/$name"

find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name 'tracker-*' | sort -r | tail -n +"$((${KEEP:-14} + 1))" | xargs -r rm -rf --
