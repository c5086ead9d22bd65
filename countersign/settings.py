"""Settings, read from the environment here and nowhere else."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal

from pydantic import DirectoryPath, Field, FilePath, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.delivery.server import Server
from adapters.evidence.notes import checked_name, public_key
from adapters.evidence.witnesses import Witnessed


class Settings(BaseSettings):
    """Every setting has a default that suits a first try on one machine."""

    model_config = SettingsConfigDict(env_prefix="COUNTERSIGN_")

    data: Path = Field(default=Path("var"), description="folder of the database file and the key")
    database_url: SecretStr | None = Field(
        default=None,
        description="address of a PostgreSQL database, `postgresql://user:password@host/name`; "
        "if left out, everything is kept in a file in the data folder",
    )
    unsafe_database: bool = Field(
        default=False,
        description="take a PostgreSQL server that could lose what it confirmed, for tests only",
    )
    key_file: Path | None = Field(
        default=None,
        description="file of the key that closed values are sealed under; if left out, "
        "`countersign.key` beside the database. Back it up apart from the database",
    )
    seal_key: SecretStr | None = Field(
        default=None, description="the key that the log is sealed with, instead of a file with it"
    )
    seal_key_file: Path | None = Field(
        default=None,
        description="file of the keys that the log is sealed with (`countersign seal key` makes "
        "one); if left out, `countersign.seal` beside the database file, made there at first",
    )
    seal_name: str | None = Field(
        default=None,
        description="the name of the sealed log, such as `council.example/procurement`; if it is "
        "set and there is no key yet, the worker makes one in the file",
    )
    witnesses: str = Field(
        default="",
        description="who cosigns what is sealed, with commas between: of each the public key and "
        "the address, with a space between",
    )
    timestamp_url: str | None = Field(
        default=None,
        description="where an authority gives time stamps (RFC 3161) of what is sealed; without "
        "one nothing is stamped",
    )
    timestamp_roots: FilePath | None = Field(
        default=None,
        description="file with the certificates, in PEM, that its stamps are believed by",
    )
    timestamp_hours: int = Field(
        default=24, ge=1, le=24 * 366, description="how often a stamp is asked for, in hours"
    )
    signed_file: Path | None = Field(
        default=None,
        description="file in which the sealer remembers what it signed last, where whoever "
        "changes the database does not come; if left out, `countersign.signed` in the data folder",
    )
    host: str = Field(default="127.0.0.1", description="address that the page listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="port that the page listens on")
    redis_url: str | None = Field(
        default=None,
        description="Redis or Valkey, such as `redis://localhost:6379/0`, for several processes "
        "or machines: they hear at once of what others record. Nothing is lost without it",
    )
    public_url: str | None = Field(
        default=None,
        description="where people open the page, such as `https://countersign.example.gov.uk`: "
        "what links in messages begin with",
    )
    smtp_host: str | None = Field(
        default=None, description="the mail server; without one nobody is told by e-mail"
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="its port")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection to it is encrypted"
    )
    smtp_user: str | None = Field(default=None, description="who signs in to it, if anybody")
    smtp_password: SecretStr | None = Field(default=None, description="the password of this user")
    mail_from: str = Field(
        default="countersign@localhost", description="the address that messages are from"
    )
    webhook_ports: str = Field(
        default="443", description="ports that webhooks may be sent to, with commas between"
    )
    unsafe_webhooks: bool = Field(
        default=False,
        description="let webhooks go to this machine too, and unencrypted, for tests only",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="addresses and networks of proxies, with commas between: from there, and only "
        "from there, it is believed from which address a request was passed on",
    )
    sign_ins_per_minute: int = Field(
        default=300, ge=1, description="attempts to sign in from one address, in a minute"
    )
    forms_per_minute: int = Field(
        default=600, ge=1, description="forms sent by one person, in a minute"
    )
    demo: bool = Field(default=True, description="load demo councils; the only sign-in yet")
    secure: bool = Field(default=False, description="served over HTTPS: cookies say so")

    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="port of `/metrics` and `/health` for operators; none if left out",
    )
    metrics_host: str = Field(default="127.0.0.1", description="address that this port listens on")
    log_format: Literal["text", "json"] = Field(
        default="text", description="how each line of the log is written: `text` or `json`"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning",
        description="what is logged at least: `debug`, `info` (each request and command), "
        "`warning` or `error`",
    )

    settings_folder: DirectoryPath | None = Field(
        default=None,
        description="folder of files that hold settings, each named as its variable in small "
        "letters: for what should not be in the environment",
    )

    @field_validator("webhook_ports")
    @classmethod
    def _are_ports(cls, said: str) -> str:
        if any(not 0 < int(one) < 65536 for one in said.split(",")):
            raise ValueError("a port is a number from 1 to 65535")
        return said

    @field_validator("seal_name")
    @classmethod
    def _is_name(cls, said: str | None) -> str | None:
        return said and checked_name(said)

    @field_validator("witnesses")
    @classmethod
    def _are_witnesses(cls, said: str) -> str:
        for one in filter(str.strip, said.split(",")):
            key, *url = one.split()
            if len(url) != 1 or not url[0].startswith(("https://", "http://")):
                raise ValueError("of each witness the key and the address are named")
            public_key(key)
        return said

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, said: str) -> str:
        for one in said.split(","):
            ip_network(one.strip())
        return said

    def __init__(self, **values: Any) -> None:
        """What the environment says goes before what lies in files."""
        folder = os.environ.get("COUNTERSIGN_SETTINGS_FOLDER", "")
        super().__init__(_secrets_dir=folder if os.path.isdir(folder) else None, **values)

    @property
    def database(self) -> Path | str:
        """The file, or the address with its password."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return self.file

    @property
    def file(self) -> Path:
        return self.data / "countersign.db"

    @property
    def is_there(self) -> bool:
        """Whether anything may be on record: without a file yet nothing is."""
        where = self.database
        return isinstance(where, str) or where.exists()

    @property
    def key(self) -> Path:
        return self.key_file or self.data / "countersign.key"

    @property
    def seal_key_path(self) -> Path:
        return self.seal_key_file or self.data / "countersign.seal"

    @property
    def signed(self) -> Path:
        return self.signed_file or self.data / "countersign.signed"

    @property
    def witnessed(self) -> list[Witnessed]:
        """Each witness that is set. Its text was checked when the settings were read."""
        pairs = [one.split() for one in self.witnesses.split(",") if one.strip()]
        return [Witnessed(url, public_key(key)) for key, url in pairs]

    @property
    def mail_server(self) -> Server | None:
        """The mail server, where one is set."""
        if self.smtp_host is None:
            return None
        password = self.smtp_password.get_secret_value() if self.smtp_password else None
        access = (self.smtp_user, password, self.smtp_security)
        return Server(self.smtp_host, self.smtp_port, self.mail_from, *access)

    @property
    def ports(self) -> tuple[int, ...]:
        """Those that webhooks may be sent to."""
        return tuple(int(one) for one in self.webhook_ports.split(","))

    @property
    def public_address(self) -> str:
        """What links in messages begin with."""
        return (self.public_url or self.address).rstrip("/")

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"
