"""What engines made, before this run and in it: each text once, whoever of the run asks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from harmonize.engines.base import Pair, Result
from harmonize.glossary.model import Language
from harmonize.memory import Maker, TranslationMemory
from harmonize.recall import Text

RECENT = 20_000
"""So many results are held where no memory has them: lines that come again come again soon."""


class Recent:
    """The newest results, in memory (`harmonize.engines.base.Results`)."""

    def __init__(self, most: int = RECENT) -> None:
        self._most = most
        self._results: OrderedDict[tuple[Pair, Text], Result] = OrderedDict()

    def known(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> dict[Text, Result]:
        """What is still held of *texts*."""
        keys = [((source, target), text) for text in texts]
        return {key[1]: self._use(key) for key in keys if key in self._results}

    def keep(self, results: Mapping[Text, Result], source: Language, target: Language) -> None:
        """Hold *results*, and let the oldest go."""
        for text, result in results.items():
            self._results[(source, target), text] = result
        while len(self._results) > self._most:
            self._results.popitem(last=False)

    def _use(self, key: tuple[Pair, Text]) -> Result:
        self._results.move_to_end(key)
        return self._results[key]


class Remembered:
    """A translation memory with the maker of each direction (`harmonize.engines.base.Results`)."""

    def __init__(self, memory: TranslationMemory, makers: Mapping[Pair, Maker]) -> None:
        self._of = {pair: memory.results(maker) for pair, maker in makers.items()}

    def known(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> dict[Text, Result]:
        """What the memory has of *texts*."""
        return self._of[source, target].known(texts, source, target)

    def keep(self, results: Mapping[Text, Result], source: Language, target: Language) -> None:
        """Keep *results* for good."""
        self._of[source, target].keep(results, source, target)


class Anew:
    """What this run made, kept for good too; what was there before is made anew (``--fresh``)."""

    def __init__(self, memory: Remembered) -> None:
        self._recent = Recent()
        self._memory = memory

    def known(
        self, texts: Sequence[Text], source: Language, target: Language
    ) -> dict[Text, Result]:
        """What this run made of *texts*."""
        return self._recent.known(texts, source, target)

    def keep(self, results: Mapping[Text, Result], source: Language, target: Language) -> None:
        """Keep *results* for this run and for good."""
        self._recent.keep(results, source, target)
        self._memory.keep(results, source, target)


def run_results(
    memory: TranslationMemory | None, makers: Mapping[Pair, Maker], *, fresh: bool = False
) -> Recent | Remembered | Anew:
    """What a run asks before an engine."""
    if memory is None:
        return Recent()
    remembered = Remembered(memory, makers)
    return Anew(remembered) if fresh else remembered


class Wanted(NamedTuple):
    """Texts that somebody wants, and in which direction."""

    texts: tuple[Text, ...]
    source: Language
    target: Language


class Shared:
    """Results for several workers: a text that one is making is not given to another.

    >>> shared, text = Shared(Recent()), Text("Pay")
    >>> shared.known("Ana", Wanted((text,), "en", "es"))       # to be made by Ana
    {}
    >>> shared.known("Luis", Wanted((text,), "en", "es")) is None    # who is at it
    True
    >>> shared.keep("Ana", {text: Result(text="Paga")}, "en", "es")
    >>> shared.known("Luis", Wanted((text,), "en", "es"))[text].text
    'Paga'
    """

    def __init__(self, results: Recent | Remembered | Anew) -> None:
        self._results = results
        self._makers: dict[tuple[Pair, Text], Hashable] = {}

    def known(self, who: Hashable, wanted: Wanted) -> dict[Text, Result | None] | None:
        """What is known of *wanted*: None for what others are making; the rest is for *who*.

        None as a whole where others are making all of it: ask again when they are done.
        """
        texts, source, target = wanted
        pair = (source, target)
        free = [text for text in texts if self._makers.get((pair, text), who) == who]
        found = self._results.known(free, source, target) if free else {}
        new = [text for text in free if text not in found]
        if texts and not found and not new:
            return None
        self._makers |= {(pair, text): who for text in new}
        return found | dict.fromkeys(set(texts).difference(free))

    def keep(
        self, who: Hashable, results: Mapping[Text, Result], source: Language, target: Language
    ) -> None:
        """Keep what *who* made."""
        self._results.keep(results, source, target)
        for text in results:
            if self._makers.get(((source, target), text)) == who:
                del self._makers[(source, target), text]

    def release(self, who: Hashable) -> None:
        """What *who* was to make and did not is for others again."""
        self._makers = {key: maker for key, maker in self._makers.items() if maker != who}
