"""Settings, read from the environment here and nowhere else."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    host: str = Field(default="127.0.0.1", description="address that the page listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="port that the page listens on")
    demo: bool = Field(default=True, description="load demo councils; the only sign-in yet")
    secure: bool = Field(default=False, description="served over HTTPS: cookies say so")

    @property
    def database(self) -> Path | str:
        """The file, or the address with its password."""
        if self.database_url:
            return self.database_url.get_secret_value()
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
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"
