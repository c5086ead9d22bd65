"""A proof as PDF: tagged, readable, and no more in it than its reader may see."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from domain.decided import DecisionTaken
from tests.cases import nottingham
from tests.cases.nottingham import Nottingham
from tests.cases.proving import versions
from tests.web import test_proofs
from tests.web.conftest import Browser
from tests.web.journey import CASE, DIRECTOR, decide
from web.printed import Block, blocks, pdf

exercised = test_proofs.exercised
CLOSED = ("7,543,219.83", "111,101.34")


def said(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_proof_is_a_tagged_pdf_that_says_what_the_page_says(web: Browser) -> None:
    decide(web)
    version = web.house.procurement("leeds-2022-1").version
    answer = web.sign_in(DIRECTOR).get(f"{CASE}/proof/{version}.pdf")
    text = said(answer)
    for one in (
        "leeds-2022-1, Leeds City Council",
        "Proof of authority: a decision",
        "Separation of duties",
        "Director of Adults and Health",
        "By what authority",
    ):
        assert one in text
    assert "See it in the timeline" not in text
    assert "In the trail" not in text
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].lower() == "en-gb"
    assert "pdfuaid" in catalogue["/Metadata"].get_data().decode()
    assert web.get(f"{CASE}/proof/{version}.pdf").content == answer.content


def test_closed_figures_are_in_it_for_who_may_see_them_and_for_nobody_else(
    exercised: Nottingham,
) -> None:
    web = Browser(exercised.house)
    number = versions(exercised.house, nottingham.REFERENCE, DecisionTaken)[-1]
    path = f"/procurements/{nottingham.REFERENCE}/proof/{number}.pdf"
    for post, sees in (test_proofs.SEES, True), (test_proofs.AUDITOR, False):
        text = said(web.sign_in(post).get(path))
        assert "Balance of the authority" in text
        assert [one in text for one in CLOSED] == [sees, sees]


def test_what_is_no_step_has_no_pdf(web: Browser) -> None:
    assert web.sign_in(DIRECTOR).get(f"{CASE}/proof/1.pdf").status_code == 404
    assert web.get(f"{CASE}/proof/999.pdf").status_code == 404


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One  <b>two</b>\n three</p>", [Block("text", "One two three")]),
        ("<h1>A</h1><h4>B</h4>", [Block("h1", "A"), Block("h3", "B")]),
        (
            "<dl><div><dt>K</dt><dd>a<br>b<ul><li>c</li></ul></dd><dd>d</dd></div></dl>",
            [Block("facts", rows=(("K", "a\nb\n• c\nd"),))],
        ),
        ("<ul><li>x</li><li><p>y</p>z</li></ul>", [Block("list", rows=(("x",), ("y\nz",)))]),
        (
            "<table><tr><td></td><th>H</th></tr><tr><th>r</th><td>1</td></tr></table>",
            [Block("table", rows=(("", "H"), ("r", "1")))],
        ),
        ('<p>a<span class="cs-screen"> b <i>c</i></span> d</p>', [Block("text", "a d")]),
        ("<form><p>x</p></form>", []),
        (
            '<span class="govuk-caption-l">Who</span><h1>A</h1>',
            [Block("text", "Who"), Block("h1", "A")],
        ),
        ('<p><b class="govuk-tag">Yes</b> it is</p>', [Block("text", "Yes. it is")]),
        (
            '<p>a<span class="cs-provenance"><b class="govuk-tag">b</b>c</span></p>',
            [Block("text", "a (b: c)")],
        ),
    ],
)
def test_a_page_is_taken_apart_into_what_it_says(html: str, found: list[Block]) -> None:
    assert list(blocks(html)) == found


def test_nothing_that_is_said_is_read_as_markup() -> None:
    html = '<main id="main"><p>#panic("x") $ * _ ` \\ ] [ @a <b>&lt;b&gt;</b></p></main>'
    reader = pypdf.PdfReader(io.BytesIO(pdf(html, "#panic()")))
    assert '#panic("x") $ * _ ` \\ ] [ @a <b>' in reader.pages[0].extract_text()
