#!/bin/sh
# Makes what compose.yaml reads as secrets, where it is not there yet. Nothing is ever written over.
set -eu
umask 077
here="$(dirname "$0")/secrets"
mkdir -p "$here"
cd "$here"

# Read by users of the containers, who own nothing out here: the folder is what keeps others out.
keep() {
  if [ ! -e "$1" ]; then
    cat > "$1.new"
    chmod 0444 "$1.new"
    mv "$1.new" "$1"
    echo "made $1"
  fi
}

openssl rand -hex 24 | keep owner_password
openssl rand -hex 24 | keep database_password
openssl rand -hex 24 | keep redis_password
openssl rand -hex 32 | keep countersign.key
printf 'postgresql://countersign:%s@postgres:5432/countersign\n' "$(cat database_password)" |
  keep countersign_database_url
printf 'postgresql://countersign_owner:%s@postgres:5432/countersign\n' "$(cat owner_password)" |
  keep owner_database_url
printf 'redis://:%s@redis:6379/0\n' "$(cat redis_password)" | keep countersign_redis_url

# For a first try. Put the council's own certificate and key in their place.
if [ ! -e tls.crt ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 \
    -subj "/CN=${1:-localhost}" -addext "subjectAltName=DNS:${1:-localhost}" \
    -keyout key.pem -out crt.pem 2> openssl.log
  rm openssl.log
  keep tls.key < key.pem
  keep tls.crt < crt.pem
  rm key.pem crt.pem
fi
echo "Keep a copy of countersign.key apart from the backups of the database."
