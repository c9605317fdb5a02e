"""The harmonised view: every posting's sections in one order, under the same headings."""

from __future__ import annotations

from harmonize.records import Bilingual, Posting, SectionName, Segment

SECTION_TITLES: dict[SectionName, Bilingual] = {
    "about": Bilingual(en="About the organization", es="Sobre la organización"),
    "purpose": Bilingual(en="Purpose of the position", es="Propósito del puesto"),
    "duties": Bilingual(en="Duties", es="Funciones"),
    "requirements": Bilingual(en="Requirements", es="Requisitos"),
    "benefits": Bilingual(en="What we offer", es="Qué ofrecemos"),
    "how_to_apply": Bilingual(en="How to apply", es="Cómo postularse"),
    "facts": Bilingual(en="Key facts", es="Datos clave"),
    "other": Bilingual(en="Further information", es="Información adicional"),
}
"""The heading of each section, in the order in which they are shown."""


def by_section(posting: Posting) -> list[tuple[SectionName, tuple[Segment, ...]]]:
    """The segments of each section that the posting has, in the order of the titles."""
    grouped = (
        (name, tuple(each for each in posting.segments if each.section == name))
        for name in SECTION_TITLES
    )
    return [(name, segments) for name, segments in grouped if segments]
