"""Postings for the tests of the review."""

from __future__ import annotations

from pathlib import Path

from harmonize.engines.fake import FakeEngine
from harmonize.pipeline import Harmonizer
from harmonize.records import Posting
from harmonize.store import Store

PATIENCE = 20_000
"""Milliseconds that a page is waited for: a busy machine is slow, and that is no failure."""

TEXTS = {
    "officer": """Program Officer

Responsibilities

- Promote the goals of the trade union in every region.
- Coordinate 5 workshops with the trade union each year.
- Write reports for the committee.

Requisitos

- Experiencia en organizaciĂłn sindical y en negociaciĂłn colectiva.
- Dominio del espaÃ±ol.
""",
    "driver": """Driver

Responsibilities

- Drive the van to the trade union office every morning.
- Keep the van clean and safe.
- Write reports for the committee.
""",
    "hostile": """<script>document.title = "taken"</script> Officer

Duties

- </textarea><img src=x onerror="document.title='taken'"> Write the minutes.
- See javascript:alert(1) and "onmouseover=alert(2) for details.
- Turn \u202egnihtemos\u202c around for the workers.
""",
}
GLOSSARY = """en,es,pos,gender,avoid_es
goal,objetivo,noun,m,gol
"""


def glossary(file: Path) -> None:
    """The user's own glossary."""
    file.write_text(GLOSSARY)


def postings(*files: Path) -> list[Posting]:
    """The texts, translated by the engine for tests."""
    names = [str(file) for file in files]
    with Harmonizer(FakeEngine.name, glossary=names, sector_memory=False) as harmonizer:
        return [harmonizer.run_text(text, id_) for id_, text in TEXTS.items()]


def finished(out: Path, *files: Path) -> None:
    """A folder as `harmonize translate` leaves it."""
    store = Store(out)
    for posting in postings(*files):
        store.write(posting, ("md", "html", "json", "txt"))
    store.index()
