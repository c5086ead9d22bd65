"""Papers: kept by the digest of their bytes, and served only while they are what it says."""

from __future__ import annotations

from hashlib import sha256

from adapters.documents import Paper
from adapters.house import House
from tests.houses import tamper

REPORT = "# A report\n\nUp to £400,000.\n".encode()


def test_a_paper_is_found_by_the_digest_of_its_bytes(house: House) -> None:
    digest = house.documents.put(REPORT)
    assert digest == sha256(REPORT).hexdigest()
    assert house.documents.get(digest) == Paper("text/markdown", REPORT)
    assert house.documents.get("0" * 64) is None


def test_the_same_paper_is_kept_once_and_as_it_was_first_given(house: House) -> None:
    digest = house.documents.put(REPORT)
    assert house.documents.put(REPORT, "text/html") == digest
    with house.database.read() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM documents").scalar() == 1
    assert house.documents.get(digest) == Paper("text/markdown", REPORT)


def test_a_paper_that_was_tampered_with_is_not_served(house: House) -> None:
    digest, other = house.documents.put(REPORT), house.documents.put(b"Another.")
    cheaper = REPORT.replace(b"400", b"100")
    tamper(house, "UPDATE documents SET body = ? WHERE digest = ?", cheaper, digest)
    assert house.documents.get(digest) is None
    assert house.documents.get(other) == Paper("text/markdown", b"Another.")


def test_every_paper_of_the_demonstration_can_be_read(demo: House) -> None:
    for reference in ("leeds-2022-1", "herefordshire-2017-1"):
        papers = [p for r in demo.procurement(reference).reports.values() for p in r.documents]
        assert papers
        for one in papers:
            found = demo.documents.get(one.digest)
            assert found
            assert found.body.decode().startswith("# ")
