#!/bin/sh
# Run by the database's own image, once, when its volume is new. The program's own login can add
# to the record and change nothing in it: what it may do is granted to its role by the migrations.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\set password `cat /run/secrets/database_password`
CREATE ROLE countersign_app NOLOGIN;
CREATE ROLE countersign LOGIN PASSWORD :'password' IN ROLE countersign_app;
SQL
