"""Settings, read from the environment here and nowhere else."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting has a default that suits a first try on one machine."""

    model_config = SettingsConfigDict(env_prefix="COUNTERSIGN_")

    data: Path = Field(default=Path("var"), description="folder of the database file")
    key_file: Path | None = Field(
        default=None,
        description="file of the key that closed values are sealed under; if left out, "
        "`countersign.key` beside the database. Back it up apart from the database",
    )
    host: str = Field(default="127.0.0.1", description="address that the page listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="port that the page listens on")
    redis_url: str | None = Field(
        default=None,
        description="Redis or Valkey, such as `redis://localhost:6379/0`, for several processes "
        "or machines: they hear at once of what others record. Nothing is lost without it",
    )
    sign_ins_per_minute: int = Field(
        default=300, ge=1, description="attempts to sign in from one address, in a minute"
    )
    forms_per_minute: int = Field(
        default=600, ge=1, description="forms sent by one person, in a minute"
    )
    demo: bool = Field(default=True, description="load demo councils; the only sign-in yet")
    secure: bool = Field(default=False, description="served over HTTPS: cookies say so")

    @property
    def database(self) -> Path:
        return self.data / "countersign.db"

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"
