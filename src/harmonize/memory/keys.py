"""What entries are found by: digests of their words as they are compared, and of their places."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from harmonize.memory.entries import Who
from harmonize.recall import Text
from harmonize.sector.normal import edges

LONGEST = 10_000
"""Code points of the longest text that is kept."""

_SPACES = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_MARKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("\u2010\u2011\u2012–—―−", "-"),
        "…": "...",
    }
)
# XML 1.0 cannot hold these: what could not be exported is not kept.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def folded(text: str) -> str:
    """*text* as it is compared: list marks, final stop, capitals, quotes and dashes do not count.

    >>> folded("• Support the “Fair Deal”  team;") == folded('support the "fair deal" team')
    True
    """
    return plain(edges(text).core)


def plain(text: str) -> str:
    """*text* without capitals, kinds of quotes and dashes, and double spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_MARKS)
    return _SPACES.sub(" ", text).strip().casefold()


def key_of(text: str, pair: str) -> bytes:
    """What an entry is looked up by; empty for a text that says nothing."""
    words = folded(text)
    return _digest(pair, words) if words else b""


def slot_of(text: Text, pair: str, who: Who) -> bytes:
    """The one place of a text: there stands one entry at a time.

    What an engine makes of a text depends on the name that stays as it is, not on what surrounds
    it; what a person does, may.
    """
    place = (text.words, text.kind, str(int(text.duty)))
    more = text.context if who == "human" else (text.name,) * bool(text.name)
    return _digest(pair, who, *place, *more)


def can_be_kept(text: str) -> bool:
    """Whether *text* has words that can be stored and exported."""
    return 0 < len(text.strip()) <= LONGEST and not _NO_XML.search(text)


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()
