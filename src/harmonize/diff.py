"""Two texts compared word by word, and two states of a posting row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from harmonize.records import TARGETS, Posting, Segment
from harmonize.render.repaired import Run, inked
from harmonize.render.view import Language

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Aligned(NamedTuple):
    """The same row in two postings; None where only one of them has it."""

    before: Segment | None
    after: Segment | None

    @property
    def there(self) -> Segment:
        """The row as it is now, or was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of them has it
        return found

    @property
    def changed(self) -> bool:
        """Whether a reader of either language finds other words."""
        return any(self.differs(language) for language in TARGETS)

    def differs(self, language: Language) -> bool:
        """Whether a reader of *language* finds other words."""
        return words_in(self.before, language) != words_in(self.after, language)

    def runs(self, language: Language) -> list[Run]:
        """What leads from one side to the other, word by word."""
        return word_runs(words_in(self.before, language), words_in(self.after, language))


def words_in(segment: Segment | None, language: Language) -> str:
    """The words of one side; none where the row is not there."""
    return segment.side(language).text if segment else ""


def word_runs(before: str, after: str) -> list[Run]:
    """What leads from *before* to *after*: kept, taken out and put in, in reading order.

    >>> [tuple(run) for run in word_runs("Draft the report.", "Draft two reports.")]
    [('Draft ', 'kept'), ('the report', 'out'), ('two reports', 'in'), ('.', 'kept')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    steps = [
        ("".join(old[first:last]), "".join(new[start:end]), kind == "equal")
        for kind, first, last, start, end in codes
    ]
    return [run for step in _joined(steps) for run in _runs(*step)]


def one_side(runs: Iterable[Run], state: str) -> list[Run]:
    """The runs of the text before (*state* ``out``) or of the text after (``in``).

    >>> "".join(run.text for run in one_side(word_runs("a b", "a c"), "in"))
    'a c'
    """
    return [run for run in runs if run.state in {"kept", state}]


def marked(runs: Iterable[Run]) -> str:
    """The runs in one line for where no colours are.

    >>> marked(word_runs("Draft the report.", "Draft two reports."))
    'Draft [-the report-]{+two reports+}.'
    """
    signs = {"kept": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    return "".join(signs[run.state].format(run.text) for run in runs)


def aligned(before: Posting, after: Posting) -> list[Aligned]:
    """The rows of two postings beside each other, by what the author wrote."""
    old, new = before.segments, after.segments
    texts = [each.source.text for each in old], [each.source.text for each in new]
    rows: list[Aligned] = []
    for _, first, last, start, end in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        rows += [Aligned(*pair) for pair in zip_longest(old[first:last], new[start:end])]
    return rows


def _joined(steps: Sequence[tuple[str, str, bool]]) -> Iterator[tuple[str, str, bool]]:
    """The steps, changes together that only a space parts: they are read as one."""
    waiting: tuple[str, str, bool] | None = None
    for number, (old, new, same) in enumerate(steps):
        space = same and old.isspace() and waiting and number + 1 < len(steps)
        if same and not space:
            if waiting:
                yield waiting
            waiting = None
            yield old, new, True
        else:
            gone, come = (waiting[0], waiting[1]) if waiting else ("", "")
            waiting = gone + old, come + new, False
    if waiting:
        yield waiting


def _runs(old: str, new: str, same: bool) -> Iterator[Run]:
    if same:
        yield Run(inked(old), "kept")
        return
    if old:
        yield Run(inked(old), "out")
    if new:
        yield Run(inked(new), "in")
