"""schema.org JobPosting in JSON-LD, one for each language, for job boards and search engines."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import escape

from harmonize.harmonise import by_section
from harmonize.records import Posting, Salary, SectionName, Segment
from harmonize.render.inline import cells_of, on_one_line, pieces, plain, visible
from harmonize.render.view import Group, Language, groups, shown, words_of
from harmonize.render.words import token, tokens

_SECTIONS: dict[str, SectionName] = {
    "responsibilities": "duties",
    "qualifications": "requirements",
    "jobBenefits": "benefits",
}
# So that the text can stand inside of a script element of any page.
_FOR_SCRIPTS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def json_ld(posting: Posting, language: Language) -> str:
    """The JobPosting in *language*; what the posting does not say is absent."""
    text = json.dumps(job_posting(posting, language), ensure_ascii=False, indent=2)
    for character, written in _FOR_SCRIPTS.items():
        text = text.replace(character, written)
    return text + "\n"


def job_posting(posting: Posting, language: Language) -> dict[str, Any]:
    """The same as a JSON object.

    JobPosting has no property for its language: the page that it is the main entity of has, and
    says so (``mainEntityOfPage.inLanguage``).  Both languages share the ``identifier``.
    """
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "mainEntityOfPage": {"@type": "WebPage", "inLanguage": language},
        "identifier": {"@type": "PropertyValue", "name": "harmonize", "value": posting.id},
        "title": plain(getattr(posting.title, language)),
        "description": description(posting, language),
        "hiringOrganization": _named("Organization", "name", posting.organization),
        "jobLocation": _named("Place", "address", posting.location),
        "employmentType": _employment(posting.employment_type),
        "datePosted": posting.date_posted,
        "jobStartDate": posting.start_date,
        "validThrough": posting.deadline,
        "baseSalary": _salary(posting.salary),
        "applicationContact": _contact(posting),
    }
    sections = dict(by_section(posting))
    for name, section in _SECTIONS.items():
        found[name] = _lines(sections.get(section, ()), language)
    return {name: _visible(value) for name, value in found.items() if value}


def description(posting: Posting, language: Language) -> str:
    """The whole posting as HTML of the simplest kind: no attribute, nothing that runs."""
    return "\n".join(_html(group, language) for group in groups(shown(posting)))


def _html(group: Group, language: Language) -> str:
    texts = [words_of(segment, language) for segment in group.segments]
    if group.kind == "table":
        cells = ("".join(f"<td>{_rich(cell)}</td>" for cell in cells_of(text)) for text in texts)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    texts = [on_one_line(text) for text in texts]
    if group.kind == "bullet":
        return f"<ul>{''.join(f'<li>{_rich(text)}</li>' for text in texts)}</ul>"
    tag = {"title": "h2", "heading": "h3"}.get(group.kind, "p")
    return f"<{tag}>{_rich(texts[0])}</{tag}>"


def _rich(text: str) -> str:
    return "".join(
        f"<strong>{escape(piece.text)}</strong>" if piece.bold else str(escape(piece.text))
        for piece in pieces(text)
    )


def _lines(segments: tuple[Segment, ...], language: Language) -> str:
    wanted = (each for each in segments if each.kind in {"bullet", "paragraph", "table"})
    return "\n".join(plain(words_of(segment, language)) for segment in wanted)


def _named(type_: str, key: str, text: str | None) -> dict[str, str] | None:
    return {"@type": type_, key: text} if text else None


def _visible(value: Any) -> Any:
    """*value* with nothing hidden in its texts."""
    if isinstance(value, dict):
        return {name: _visible(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_visible(each) for each in value]
    return visible(value) if isinstance(value, str) else value


def _employment(text: str | None) -> str | list[str] | None:
    """schema.org's codes, or the posting's own words."""
    codes = tokens("employment_type", text) if text else []
    return codes if len(codes) > 1 else text and token("employment_type", text)


def _salary(salary: Salary | None) -> dict[str, Any] | None:
    if salary is None or (salary.min is None and salary.max is None):
        return None
    least, most = _number(salary.min), _number(salary.max)
    bounds: dict[str, Any] = {"minValue": least, "maxValue": most}
    if least == most:
        bounds = {"value": least}
    bounds["unitText"] = salary.period and token("period", salary.period)
    value = {name: bound for name, bound in bounds.items() if bound is not None}
    return {
        "@type": "MonetaryAmount",
        **({"currency": salary.currency} if salary.currency else {}),
        "value": {"@type": "QuantitativeValue", **value},
    }


def _number(bound: float | None) -> float | None:
    """*bound*, without a decimal point where it is whole."""
    return int(bound) if bound is not None and bound == int(bound) else bound


def _contact(posting: Posting) -> dict[str, Any] | None:
    emails, phones = posting.contacts.emails, posting.contacts.phones
    found = {"email": emails, "telephone": phones}
    given = {name: each[0] if len(each) == 1 else each for name, each in found.items() if each}
    return {"@type": "ContactPoint", **given} if given else None
