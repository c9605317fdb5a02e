"""What the HTML pages share: the environment of their templates, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from harmonize.records import Bilingual
from harmonize.render.inline import pieces, plain, visible
from harmonize.render.repaired import inked
from harmonize.render.view import date_text, percent, words_of
from harmonize.render.words import value, word

if TYPE_CHECKING:
    from jinja2 import Environment


def page(template: str, **given: Any) -> str:
    """The page that *template* makes of what is *given*."""
    return _environment().get_template(template).render(**given)


def pieces_of(template: str, **given: Any) -> Iterator[str]:
    """The same in pieces, for pages of any length."""
    return _environment().get_template(template).generate(**given)


def _rich(text: str) -> Markup:
    """*text* with the author's bold, and nothing else that is not text."""
    return Markup("").join(
        Markup("<strong>{}</strong>").format(piece.text) if piece.bold else escape(piece.text)
        for piece in pieces(visible(text))
    )


@lru_cache(maxsize=4_096)
def _both(words: Bilingual) -> Markup:
    """Words in the language of the page, which a reader can switch."""
    if words.en == words.es:
        return escape(words.en)
    return Markup('<span class="en">{}</span><span class="es" lang="es">{}</span>').format(
        words.en, words.es
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("harmonize.render"),
        autoescape=True,  # postings are other people's text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "both": _both,
        "rich": _rich,
        "plain": plain,
        "visible": visible,
        "inked": inked,
    }
    environment.globals |= {
        "say": lambda key: _both(word(key)),
        "word": word,
        "value": value,
        "words_of": words_of,
        "date_text": date_text,
        "percent": percent,
    }
    return environment
