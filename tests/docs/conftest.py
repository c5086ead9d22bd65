"""The demonstration over HTTP, as the tests of the page use it."""

from tests.web.conftest import web

__all__ = ["web"]
