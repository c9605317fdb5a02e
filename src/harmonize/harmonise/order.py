"""The sections in the order that every harmonised posting has, with a heading for each."""

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
"""The canonical heading of each section, in canonical order; authors' own stay segments."""


def by_section(posting: Posting) -> list[tuple[SectionName, tuple[Segment, ...]]]:
    """The segments of *posting* by section, in canonical order; sections without any left out.

    Within a section the segments stand as the author had them; each stands in one section.

    >>> by_section(Posting.model_construct(segments=()))
    []
    """
    grouped = (
        (name, tuple(each for each in posting.segments if each.section == name))
        for name in SECTION_TITLES
    )
    return [(name, segments) for name, segments in grouped if segments]
