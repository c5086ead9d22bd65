"""An auditor finds a decision, sees what its maker saw, and takes away the proof of all of it."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from adapters.evidence.merkle import included, leaf_hash
from adapters.evidence.notes import checkpoint, opened, public_key
from tests.browser.conftest import Site, open_case, sign_in
from tests.browser.test_leeds import decide

pytestmark = pytest.mark.browser
REASONS = "It is what the programme needs now."


def taken(page: Page, link: str, folder: Path) -> Path:
    """What a link gives to take away; the last of several."""
    with page.expect_download() as found:
        page.get_by_role("link", name=re.compile(link)).last.click()
    file = folder / found.value.suggested_filename
    found.value.save_as(file)
    return file


def test_an_auditor_goes_from_a_decision_to_a_pack_that_is_checked_offline(
    site: Site, tmp_path: Path
) -> None:
    page = site.page()
    sign_in(page, "Director of Adults and Health")
    page.get_by_role("link", name=re.compile("^Decide the report")).click()
    decide(page, "a", "b")

    # Find the decision.
    sign_in(page, "Visiting Auditor")
    main = page.get_by_role("main")
    page.get_by_role("link", name="Trail").click()
    page.get_by_label(re.compile("^Words")).fill("decided the report")
    page.get_by_role("button", name="Search").click()
    entry = page.get_by_role("listitem").filter(has_text="leeds-2022-1").first
    expect(entry).to_contain_text("(a) agreed and (b) agreed")
    entry.get_by_role("link", name="leeds-2022-1").click()
    page.get_by_role("link", name=re.compile("authority to procure")).first.click()
    expect(main).to_contain_text(REASONS)

    # See what the approver saw.
    page.get_by_role("link", name="What was on the screen").click()
    expect(main).to_contain_text("Yes: its SHA-256 is the one that the decision names")
    expect(main).to_contain_text("it is the same to the letter")
    expect(main).to_contain_text("A competition may be held, up to £400,000")
    assert Axe().run(page).violations_count == 0
    page.go_back()

    # Step back to the day before.
    page.get_by_role("link", name="The record as it stood the day before").click()
    expect(main).to_contain_text("as known at the end of 10 November 2022")
    page.get_by_role("link", name="leeds-2022-1").first.click()

    # Prove that it is in the sealed log, with the key that the log publishes.
    latest = page.locator("#timeline ~ ol > li").first
    expect(latest).to_contain_text("Decided the report")
    with page.expect_download() as found:
        latest.get_by_role("link", name=re.compile("^proof of record")).click()
    proof = tmp_path / "one.tlog-proof"
    found.value.save_as(proof)
    page.goto("/evidence")
    named = page.get_by_label("Public key").inner_text().strip()
    key = public_key(named)
    head, note = proof.read_text().split("\n\n", 1)
    _, extra, index, *hashes = head.splitlines()
    one = checkpoint(opened(note, [key])[0])
    leaf = leaf_hash(entry_ := b64decode(extra.removeprefix("extra ")))
    place = int(index.removeprefix("index "))
    assert included(leaf, place, one.size, [b64decode(each) for each in hashes], one.root)
    assert b"decision-taken/1" in entry_

    # Take the pack, and check it with nothing but itself.
    open_case(page, "leeds-2022-1")
    pack = taken(page, "Take the audit pack", tmp_path)
    alone = tmp_path / "alone"
    with ZipFile(pack) as files:
        files.extract("verify.py", alone)
        assert [one for one in files.namelist() if one.startswith("capsules/")]
    script = [sys.executable, "-I", str(alone / "verify.py"), str(pack), named]
    done = subprocess.run(script, cwd=alone, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Whole. Events: ")
    program = str(Path(sys.executable).with_name("countersign"))
    again = subprocess.run([program, "verify", str(pack), "--key", named], capture_output=True)
    assert again.returncode == 0
    assert b"every stream adds up to what the pack says" in again.stdout
