"""Make `data/readings.xz`: which reading an English word has, learnt from a parser.

Two steps.  The first needs spaCy with an English model (MIT; not a dependency of harmonize), in an
environment that also has harmonize and ``apertium-eng-spa``::

    python scripts/train_readings.py teach SENTENCES TAUGHT --model en_core_web_md
    python scripts/train_readings.py train TAUGHT

``SENTENCES`` has an English sentence in each line.  `teach` sends them through Apertium's analyser,
asks the parser about each word, and keeps the tags of the reading that suits its answer.  `train`
needs nothing but harmonize: it fits an averaged perceptron over `into_spanish.tagger.features` and
writes the weights that matter.  A fortieth of the sentences is held out to measure on.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from harmonize.engines.apertium import stream, style
from harmonize.engines.apertium.engine import ApertiumEngine
from harmonize.engines.apertium.into_spanish.tagger import TABLE, context, features, tags_of
from harmonize.engines.apertium.surfaces import Word, words_of
from harmonize.engines.apertium.tables import DATA
from harmonize.engines.apertium.words import words_for

SMALLEST, SCALE, RAREST = 0.3, 10, 3
"""Weights below the first are left out, all are written times the second, and features seen more
seldom than the third are forgotten."""

FINITE = {"VBP": "<pres>", "VBZ": "<p3><sg>", "VBD": "<past>", "VBN": "<pp>", "VB": "<inf>"}
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
AS_NOUN = frozenset("pcomp csubj csubjpass attr dobj pobj nsubj nsubjpass appos".split())
DOING = frozenset(
    "keep kept keeps keeping spend spends spending spent continue continues remain go goes going "
    "went come came busy saw see seen find found hear leave left".split()
)
"""Behind these a word in -ing is a Spanish gerund: "spend time reading"."""


class Seen(NamedTuple):
    """What the parser says of a word: its tags, its place in the tree, and its head."""

    tag: str
    pos: str
    dep: str
    head_tag: str
    head_dep: str
    head: str
    is_first: bool = False
    before_head: bool = False


def fit(tags: str, seen: Seen) -> float:
    """How well a reading with *tags* suits what the parser says; 0 is not at all."""
    for start, measure in _MEASURES:
        if tags.startswith(start):
            return measure(tags, seen)
    return 0


def _noun(tags: str, seen: Seen) -> float:
    if seen.tag not in NOUNS:
        return 0
    return 3 if "<sp>" in tags or seen.tag.endswith("S") is ("<pl>" in tags) else 1


def _name(tags: str, seen: Seen) -> float:
    return (3 if seen.tag.startswith("NNP") else 1) if seen.tag in NOUNS else 0


def _number(tags: str, seen: Seen) -> float:
    return 3 if seen.tag == "CD" or seen.pos == "NUM" else 0


def _modal(tags: str, seen: Seen) -> float:
    return 3 if seen.tag == "MD" else 0


def _verb(tags: str, seen: Seen) -> float:
    if seen.tag == "VBG":
        suits = _suits_ing(tags, seen)
    elif seen.tag in FINITE:
        suits = FINITE[seen.tag] in tags and not (seen.tag == "VBZ" and "<past>" in tags)
    else:
        return _no_verb(tags, seen)
    if not suits:
        return 0
    helps = seen.pos == "AUX"
    first = 0.9 if "<p1>" in tags else 1
    if tags.startswith(("<vbhaver>", "<vbdo>")):
        return 3 * first + (1 if helps else -1)
    return 3 * first + (-0.5 if helps else 0.5) * tags.startswith("<vblex>")


def _no_verb(tags: str, seen: Seen) -> float:
    """What the parser takes for a noun or an adjective, and Apertium knows as a verb only."""
    if "<subs>" in tags and seen.tag in NOUNS:
        return 0.7
    if ("<pp>" in tags or "<ger>" in tags) and seen.tag == "JJ":
        return 0.7
    return 0.3 if "<inf>" in tags and seen.tag in NOUNS and seen.dep in {"ROOT", "compound"} else 0


def _suits_ing(tags: str, seen: Seen) -> bool:
    """An infinitive in Spanish (``<subs>``) where it stands for a noun, else a gerund."""
    dep = seen.dep
    if dep == "conj":
        dep = seen.head_dep if seen.head_tag == "VBG" else "acl"
    for_noun = dep in AS_NOUN or (dep == "ROOT" and seen.is_first)
    for_noun |= dep == "xcomp" and seen.head not in DOING
    return ("<subs>" if for_noun else "<ger>") in tags


def _adjective(tags: str, seen: Seen) -> float:
    if seen.tag in {"JJ", "JJR", "JJS"}:
        degree = {"JJR": "<comp>", "JJS": "<sup>"}.get(seen.tag, "-")
        return 3.5 if degree in tags else 3
    if seen.dep != "amod":
        return 0
    return {"VBN": 2.5, "VBG": 2.5, "NNP": 2}.get(seen.tag, 0)


def _adverb(tags: str, seen: Seen) -> float:
    if tags.startswith("<adv><itg>"):
        return (1 if seen.head_dep == "relcl" else 2.5) if seen.tag == "WRB" else 0
    if seen.tag in {"RB", "RBR", "RBS", "RP", "UH"}:
        return 3
    return 2.5 if seen.dep in {"advmod", "prt", "npadvmod"} and seen.tag != "WRB" else 0


def _degree(tags: str, seen: Seen) -> float:
    says_how = seen.dep in {"advmod", "quantmod", "npadvmod", "det", "amod"}
    return 4 if says_how and seen.head_tag[:2] in {"JJ", "RB", "CD"} and seen.before_head else 0


def _preposition(tags: str, seen: Seen) -> float:
    if seen.tag not in {"IN", "TO"}:
        return 3 if seen.dep == "prep" else 0
    return 1 if seen.dep == "mark" else 3


def _conjunction(tags: str, seen: Seen) -> float:
    if tags.startswith("<cnjcoo>"):
        return 3 if seen.tag == "CC" or seen.dep in {"cc", "preconj"} else 0
    if tags.startswith("<cnjsub>"):
        return (3 if seen.dep == "mark" else 1) if seen.tag == "IN" else 0
    if seen.dep == "mark":
        return 2.8
    if seen.tag == "WRB" and seen.dep == "advmod":
        return 2.8 if seen.head_dep == "advcl" else 1.2
    return {"RB": 1.5, "IN": 0.8}.get(seen.tag, 0) if seen.dep in {"advmod", "cc", "prep"} else 0


def _determiner(tags: str, seen: Seen) -> float:
    if tags.startswith("<det><itg>"):
        return 3 if seen.tag in {"WDT", "WP", "WP$"} and seen.dep in {"det", "poss"} else 0
    if seen.dep in {"det", "predet", "poss", "nmod"} and seen.tag in {"DT", "PDT", "PRP$", "WP$"}:
        return 3.2 if tags.startswith("<predet>") is (seen.dep == "predet") else 2
    counts = any(kind in tags for kind in ("<qnt>", "<ord>", "<ind>"))
    return 3.5 if seen.tag.startswith("JJ") and seen.dep in {"amod", "nummod"} and counts else 0


def _pronoun(tags: str, seen: Seen) -> float:
    if tags.startswith("<prn><itg>"):
        asks = seen.tag in {"WP", "WDT", "WRB"}
        return (1 if seen.head_dep == "relcl" else 2) if asks else 0
    if "<subj>" in tags or "<obj>" in tags:
        is_subject = seen.dep in {"nsubj", "nsubjpass", "expl"}
        return (3 if is_subject is ("<subj>" in tags) else 1) if seen.tag == "PRP" else 0
    beside = seen.dep in {"det", "amod", "advmod", "quantmod", "predet", "nummod", "poss", "mark"}
    return 0 if beside or seen.tag in {"IN", "RB", "VB"} else 2.6


def _relative(tags: str, seen: Seen) -> float:
    if seen.tag in {"WDT", "WP", "WP$"}:
        if seen.tag == "WDT":
            return 0.5 if seen.dep == "det" else 3.3
        return 3.3 if seen.head_dep in {"relcl", "pcomp", "csubj", "nsubj"} else 1.5
    if seen.tag == "WRB":
        return 3 if seen.head_dep == "relcl" else 0.5
    return 2 if seen.tag == "IN" and seen.head_dep == "relcl" else 0


def _genitive(tags: str, seen: Seen) -> float:
    return 3 if seen.tag == "POS" else 0


_MEASURES = (
    ("<n>", _noun),
    ("<np>", _name),
    ("<num>", _number),
    ("<vaux>", _modal),
    ("<vbmod>", _verb),
    ("<vb", _verb),
    ("<adj>", _adjective),
    ("<adv>", _adverb),
    ("<preadv>", _degree),
    ("<predet>", _determiner),
    ("<prn>", _pronoun),
    ("<pr>", _preposition),
    ("<cnj", _conjunction),
    ("<det>", _determiner),
    ("<rel>", _relative),
    ("<gen>", _genitive),
)


def choices(word: Word) -> list[str]:
    """The different tags of a word's readings."""
    return list(dict.fromkeys(map(tags_of, word.readings)))


def taught(word: Word, seen: Seen) -> str:
    """The tags that suit best, or nothing where none does or several do alike."""
    scores = {tags: fit(tags, seen) for tags in choices(word)}
    best = max(scores.values())
    found = [tags for tags, score in scores.items() if score == best > 0]
    return found[0] if len(found) == 1 else ""


def analysed(sentences: Sequence[str]) -> Iterator[list[Word]]:
    """The words of each sentence as they come to the tagger."""
    engine = ApertiumEngine()
    parts, listed = engine._parts_of(("en", "es")), words_for(("en", "es"))
    for start in range(0, len(sentences), 500):
        batch = [style.english(each) for each in sentences[start : start + 500]]
        answers = parts.analyse.run([stream.encode(each) for each in batch])
        for text, units in zip(batch, answers, strict=True):
            case = stream.case_style(text, False)
            yield words_of(stream.after_analysis(units, (), case, listed))[0]
    engine.close()


def teach(sentences: Path, into: Path, model: str) -> None:
    """Write a line of JSON for each sentence: words, readings and the parser's choice."""
    import spacy

    parser = spacy.load(model, exclude=["ner", "lemmatizer"])
    lines = sentences.read_text(encoding="utf-8").splitlines()
    with into.open("w", encoding="utf-8") as file:
        told = ((_text(words), words) for words in analysed(lines))
        for parsed, words in parser.pipe(told, as_tuples=True, batch_size=128):
            file.write(json.dumps(_rows(words, parsed), ensure_ascii=False) + "\n")


def _text(words: list[Word]) -> str:
    return "".join(word.before.replace("[]", "") + word.surface for word in words)


def _rows(words: list[Word], parsed: Any) -> list[tuple[str, tuple[str, ...], str]]:
    """A sentence's words with their readings, and the tags that the parser speaks for."""
    starts = [
        len(_text(words[:number])) + len(word.before.replace("[]", ""))
        for number, word in enumerate(words)
    ]
    tokens = {token.idx: token for token in parsed}
    rows = []
    for number, (word, start) in enumerate(zip(words, starts, strict=True)):
        token, tags = tokens.get(start), choices(word)
        found = tags[0] if len(tags) == 1 else ""
        if len(tags) > 1 and token is not None:
            head = token.head
            seen = Seen(token.tag_, token.pos_, token.dep_, head.tag_, head.dep_, head.lower_)
            seen = seen._replace(is_first=number == 0, before_head=head.i > token.i)
            found = taught(word, seen)
        rows.append((word.surface, word.readings, found))
    return rows


class Perceptron:
    """Weights of features for tags, averaged over all that was seen."""

    def __init__(self) -> None:
        self.weights: dict[str, dict[str, float]] = defaultdict(dict)
        self._totals: dict[str, dict[str, float]] = defaultdict(dict)
        self._changed: dict[str, dict[str, int]] = defaultdict(dict)
        self.seen: Counter[str] = Counter()
        self._now = 0

    def sentence(self, words: list[Word], wanted: list[str], *, learn: bool) -> tuple[int, int]:
        """How many of the words that had a choice came out as wanted, and how many had one."""
        found: list[str] = []
        right = asked = 0
        around = context(words)
        for at, word in enumerate(words):
            tags = choices(word)
            best = tags[0] if tags else ""
            if len(tags) > 1:
                told = list(features(around, at, found))
                best = self._best(told, tags)
                asked += bool(wanted[at])
                right += bool(wanted[at]) and best == wanted[at]
                if learn and wanted[at]:
                    self._learn(told, best, wanted[at])
            found.append(best)
        return right, asked

    def _best(self, told: list[str], tags: list[str]) -> str:
        scores = dict.fromkeys(tags, 0.0)
        for feature in told:
            for tag, weight in self.weights.get(feature, {}).items():
                if tag in scores:
                    scores[tag] += weight
        return max(tags, key=scores.__getitem__)

    def _learn(self, told: list[str], best: str, wanted: str) -> None:
        self._now += 1
        self.seen.update(told)
        if best == wanted:
            return
        for feature in told:
            self._change(feature, wanted, 1)
            self._change(feature, best, -1)

    def _change(self, feature: str, tag: str, by: int) -> None:
        old = self.weights[feature].get(tag, 0)
        since = self._now - self._changed[feature].get(tag, 0)
        self._totals[feature][tag] = self._totals[feature].get(tag, 0) + since * old
        self._changed[feature][tag] = self._now
        self.weights[feature][tag] = old + by

    def average(self) -> None:
        """Put the average of all states in place of the last."""
        for feature, weights in self.weights.items():
            for tag, weight in weights.items():
                since = self._now - self._changed[feature][tag]
                weights[tag] = (self._totals[feature][tag] + since * weight) / self._now

    def written(self) -> bytes:
        """The weights that matter, as `into_spanish.tagger.weights` reads them."""
        tags = sorted({tag for weights in self.weights.values() for tag in weights})
        numbers = {tag: number for number, tag in enumerate(tags)}
        lines = ["\t".join(tags)]
        for feature, weights in sorted(self.weights.items()):
            kept = {t: round(w * SCALE) for t, w in weights.items() if abs(w) >= SMALLEST}
            if kept and self.seen[feature] >= RAREST:
                pairs = (f"{numbers[tag]}:{weight}" for tag, weight in sorted(kept.items()))
                lines.append(feature + "\t" + " ".join(pairs))
        return lzma.compress("\n".join(lines).encode())


def train(source: Path, rounds: int) -> None:
    """Fit the weights, measure them, and write them into the package."""
    sentences = []
    for line in source.read_text(encoding="utf-8").splitlines():
        rows = json.loads(line)
        words = [Word("", surface, tuple(readings)) for surface, readings, _ in rows]
        sentences.append((words, [found for _, _, found in rows]))
    draw = random.Random(3)  # noqa: S311 - the same draw each time
    draw.shuffle(sentences)
    cut = max(1, len(sentences) // 40)
    held, rest = sentences[:cut], sentences[cut:]
    model = Perceptron()
    for _ in range(rounds):
        draw.shuffle(rest)
        for words, wanted in rest:
            model.sentence(words, wanted, learn=True)
        print(_share(model, held))
    model.average()
    print("averaged", _share(model, held))
    Path(str(DATA.joinpath(TABLE))).write_bytes(model.written())


def _share(model: Perceptron, sentences: list[tuple[list[Word], list[str]]]) -> str:
    counts = [model.sentence(words, wanted, learn=False) for words, wanted in sentences]
    right, asked = (sum(column) for column in zip(*counts, strict=True))
    return f"{right} of {asked} words with a choice as the parser has them"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    teaching = steps.add_parser("teach")
    teaching.add_argument("sentences", type=Path)
    teaching.add_argument("into", type=Path)
    teaching.add_argument("--model", default="en_core_web_md")
    training = steps.add_parser("train")
    training.add_argument("taught", type=Path)
    training.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args()
    if given.step == "teach":
        teach(given.sentences, given.into, given.model)
    else:
        train(given.taught, given.rounds)


if __name__ == "__main__":
    main()
