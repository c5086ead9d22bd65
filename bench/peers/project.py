"""Django set up as a new project is, for a database at an address."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import django
from django.conf import settings
from sqlalchemy import make_url

MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
CONTEXT = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
)
APPS = ("auth", "contenttypes", "sessions", "messages")


def configure(address: str, root: str, more: Sequence[str] = ()) -> None:
    """``root`` is the module of the addresses; connections stay open, nothing is debugged."""
    url = make_url(address)
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.database,
        "USER": url.username,
        "HOST": url.host,
        "PORT": url.port,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": "-c search_path=public,read_models"},
    }
    templates = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent],
        "OPTIONS": {"context_processors": CONTEXT},
    }
    settings.configure(
        SECRET_KEY="measured on this machine, and nowhere else",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=root,
        INSTALLED_APPS=[*(f"django.contrib.{one}" for one in APPS), *more],
        MIDDLEWARE=MIDDLEWARE,
        DATABASES={"default": database},
        TEMPLATES=[templates],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
