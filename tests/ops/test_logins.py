"""The script that the database's image runs once: the program's login may add and not change."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg

from adapters import access, migrations
from adapters.postgres import Postgres
from tests.tools.compose import ROOT, SECRETS
from tests.tools.postgres import LOGIN, OWNER, PARTS, server

PASSWORD = 'it\'s "odd"; $(x) \\'
MAY = "SELECT has_table_privilege(%s, 'stored_events', %s)"


def test_the_login_that_the_script_makes_can_add_to_the_record_and_not_change_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "database_password").write_text(PASSWORD + "\n", "utf-8")
    script = (ROOT / "deploy" / "make-logins.sh").read_text("utf-8")
    with server() as found:
        name = found.made()
        found.tell("postgres", f"DROP ROLE {LOGIN}")
        environment = {
            "PATH": f"{PARTS[0] / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "POSTGRES_USER": OWNER,
            "POSTGRES_DB": name,
            "PGHOST": "127.0.0.1",
            "PGPORT": str(found.port),
        }
        here = script.replace(SECRETS, str(tmp_path))
        subprocess.run(["sh", "-c", here], env=environment, check=True, capture_output=True)
        database = Postgres(found.address(name), careless=True)
        migrations.migrate(database)
        access.grant(database)
        database.close()
        with psycopg.connect(found.address(name)) as db:
            kept = db.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [LOGIN])
            assert str(kept.fetchone()).count("SCRAM-SHA-256") == 1
            can = {
                what
                for what in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
                if db.execute(MAY, [LOGIN, what]).fetchone() == (True,)
            }
        assert can == {"SELECT", "INSERT"}
        again = subprocess.run(["sh", "-c", here], env=environment, capture_output=True)
        assert again.returncode != 0
