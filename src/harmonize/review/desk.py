"""The postings of a folder with the decisions about them; every change of a row goes through here.

A decision is in the log before anybody is told that it is saved; the files follow.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from harmonize.check import posting_score, segment_score
from harmonize.check.score import is_human
from harmonize.errors import HarmonizeError, RejectedInput
from harmonize.glossary import Matcher
from harmonize.glossary.model import Language
from harmonize.lock import PATIENCE, alone_in
from harmonize.memory import TranslationMemory
from harmonize.records import Bilingual, Change, Posting, Segment, Verdict
from harmonize.render.view import count_flags
from harmonize.review import steps
from harmonize.review.decisions import Action, Decision, Decisions, Row, State, Status, row_of
from harmonize.review.lessons import taught
from harmonize.review.repeats import key_of
from harmonize.review.writer import Writer
from harmonize.revise import rechecked
from harmonize.store import POSTING, Store

KEPT = 16
"""Postings that are kept in memory as they were last shown."""


class Open(NamedTuple):
    """A posting as it stands, and the last decision about each segment."""

    posting: Posting
    held: dict[str, Decision]

    def status(self, segment: Segment) -> Status:
        """How far the review of *segment* has come."""
        return steps.status_of(segment, self.held.get(segment.id))

    def version(self, segment: Segment) -> int:
        """What a change of *segment* has to name: it is refused where another one came first."""
        held = self.held.get(segment.id)
        return held.version if held else 0

    def needs_look(self, segment: Segment) -> bool:
        """Whether a person should look at *segment* before the posting is used."""
        if segment.kind == "boilerplate" or self.status(segment) == "accepted":
            return False
        return segment_score(segment.flags, human=is_human(segment)).verdict != "ready"


class Summary(NamedTuple):
    """A posting in the list.  ``waiting`` has the words of rows that are not accepted, as keys."""

    id: str
    title: Bilingual
    organization: str
    score: int
    verdict: Verdict
    errors: int
    warnings: int
    looks: int
    rows: int
    accepted: int
    waiting: frozenset[str]

    @property
    def done(self) -> bool:
        """Whether every row is accepted."""
        return self.accepted == self.rows


class Who(NamedTuple):
    """Who decides, and in which tab: typing there goes on in the same entry of the log."""

    name: str
    tab: str = ""


class Where(NamedTuple):
    """The row that a change is made to, and the version of it that was seen."""

    posting: str
    segment: str
    seen: int


Step = Callable[[Segment, State], State | None]


class Desk:
    """The folder that is reviewed.  May be used from several threads."""

    def __init__(
        self, store: Store, decisions: Decisions, matcher: Callable[[], Matcher | None],
        memory: TranslationMemory | None = None,
    ) -> None:  # fmt: skip
        self.store = store
        self.decisions = decisions
        self.memory = memory
        self.memory_problem = ""
        self._matcher = matcher
        self._open: OrderedDict[str, tuple[object, Open]] = OrderedDict()
        self._summaries: dict[str, tuple[object, Summary | None]] = {}
        self._lock = threading.RLock()
        self._files = threading.RLock()  # held first where both are: one thread writes at a time
        self.writer = Writer(self._write, self._index)
        for id_ in set(decisions.unwritten()) & set(store.ids()):  # a review that was cut off
            self.writer.soon(id_)

    def close(self) -> None:
        """Write what is to be written."""
        self.writer.close()
        self.decisions.close()

    def open(self, id_: str) -> Open:
        """The posting called *id_* as it stands; raises `RejectedInput`."""
        with self._lock:
            file = self._file_mark(id_)
            mark = (file, self.decisions.mark(id_))
            known = self._open.get(id_)
            if known is None or known[0] != mark:
                known = mark, self._decided(self.store.load(id_))
                self._open[id_] = known
            self._open.move_to_end(id_)
            while len(self._open) > KEPT:
                self._open.popitem(last=False)
            return known[1]

    def summaries(self) -> list[Summary]:
        """All postings here that can be read, by name; only what changed is looked at again."""
        with self._lock:
            marks = self.decisions.marks()
            found = {
                id_: self._summary(id_, (self._file_mark(id_), marks.get(id_)))
                for id_ in self.store.ids()
            }
            return [each for each in found.values() if each]

    def decide(self, where: Where, who: Who, action: Action, step: Step) -> Decision | None:
        """Log what *step* makes of a row; None where nothing changes.

        Raises `Stale` where somebody came first, `RejectedInput` where there is no such row.
        """
        with self._lock:
            opened = self.open(where.posting)
            segment = self.segment(opened, where.segment)
            before = steps.state_of(segment, opened.held.get(segment.id))
            after = step(segment, before)
            if after is None or after == before:
                return None
            row = row_of(where.posting, segment)
            new = Decision(
                **row._asdict(), who=who.name, tab=who.tab, action=action,
                before=before, after=after,
            )  # fmt: skip
            made = self.decisions.add(new, where.seen)
            if action == "accept":
                self._teach(made, who)
            elif before.status == "accepted":
                self._unteach(row)
            self._saved(where.posting, action)
            return made

    def edit(self, where: Where, who: Who, language: Language, text: str) -> Decision | None:
        """Put *text* in the place of one side."""

        def step(segment: Segment, state: State) -> State | None:
            if getattr(state, language).text == steps.typed(text):
                return None
            return steps.edited(segment, state, language, text)

        return self.decide(where, who, "edit", step)

    def accept(self, where: Where, who: Who, texts: dict[Language, str]) -> Decision | None:
        """Accept a row with *texts* for its sides, if they are other than what stands there."""

        def step(segment: Segment, state: State) -> State | None:
            for language, text in texts.items():
                if getattr(state, language).text != steps.typed(text):
                    state = steps.edited(segment, state, language, text)
            return steps.accepted(segment, state)

        return self.decide(where, who, "accept", step)

    def copy_source(self, where: Where, who: Who) -> Decision | None:
        """Put the author's words in the place of the translation."""
        return self.decide(where, who, "copy", steps.copied)

    def reject(self, where: Where, who: Who) -> Decision | None:
        """Go back to what the engine made of the row."""

        def step(segment: Segment, state: State) -> State | None:
            return steps.engines(state, self.decisions.history(row_of(where.posting, segment)))

        return self.decide(where, who, "reject", step)

    def undo(self, where: Where, who: Who) -> Decision | None:
        """Take back the last decision about a row that still holds."""
        with self._lock:
            segment = self.segment(self.open(where.posting), where.segment)
            done = self.decisions.undo(row_of(where.posting, segment), where.seen, who.name)
            if done is None:
                return None
            if done[0].lesson:
                self._forget(done[0].lesson)
            if done[1].after.status == "accepted":  # what came after the accepting is taken back
                self._teach(done[1], who)
            self._saved(where.posting, "undo")
            return done[1]

    def recheck(
        self, id_: str, segments: set[str], repairs: tuple[Change, ...] | None = None
    ) -> None:
        """Check rows anew after the glossary changed, and write the posting; its words stay.

        *repairs*, where given, are those of the posting from now on.  For who is `writing`.
        """
        with self._files, self._lock:
            posting = self.open(id_).posting
            checked = tuple(
                rechecked(each, self._matcher()) if each.id in segments else each
                for each in posting.segments
            )
            new = {"segments": checked, "repairs": posting.repairs if repairs is None else repairs}
            self.store.revise(posting.model_copy(update=new), index=False)
            self.writer.now(id_)

    @contextmanager
    def writing(self, patience: float = PATIENCE) -> Iterator[None]:
        """While this lasts no other thread or program writes into the folder; see `alone_in`."""
        with self._files, alone_in(self.store.folder, patience):
            yield

    def history(self, id_: str, segment_id: str) -> list[Decision]:
        """All decisions about a row, the first one first."""
        return self.decisions.history(row_of(id_, self.segment(self.open(id_), segment_id)))

    def place(self, opened: Open, segment: Segment) -> Where:
        """What a change of *segment* names it by."""
        return Where(opened.posting.id, segment.id, opened.version(segment))

    def segment(self, opened: Open, segment_id: str) -> Segment:
        """One row of an open posting; `RejectedInput` where there is none such."""
        for segment in opened.posting.segments:
            if segment.id == segment_id and segment.kind != "boilerplate":
                return segment
        raise RejectedInput("There is no such row.", "Reload the page: the posting has changed.")

    def _decided(self, posting: Posting) -> Open:
        """*posting* with the decisions about it; its files follow where they are behind."""
        found = self.decisions.current(posting.id)
        opened = Open(*steps.decided(posting, found, self._matcher()))
        if opened.posting != posting:
            self.writer.soon(posting.id)
        return opened

    def _summary(self, id_: str, mark: object) -> Summary | None:
        known = self._summaries.get(id_)
        if known is None or known[0] != mark:
            try:
                known = mark, summary(self.open(id_))
            except RejectedInput:
                known = mark, None
            self._summaries[id_] = known
        return known[1]

    def _file_mark(self, id_: str) -> tuple[int, int]:
        try:
            found = (self.store.folder / id_ / POSTING).stat()
        except (OSError, ValueError):
            return 0, 0
        return found.st_mtime_ns, found.st_size

    def _saved(self, id_: str, action: Action) -> None:
        if action == "edit":
            self.writer.soon(id_)
        else:
            self.writer.now(id_)

    def _write(self, id_: str) -> None:
        """The files of a posting as it stands; called by the writer's thread, which tries again."""
        with self.writing(patience=0):
            if id_ not in self.store.ids():  # somebody has deleted it
                return
            with self._lock:
                opened = self.open(id_)
            self.store.revise(opened.posting, index=False)
            self.decisions.wrote({_row(each): each for each in opened.held.values()})

    def _index(self) -> None:
        with self.writing(patience=0):
            self.store.index()

    def _teach(self, made: Decision, who: Who) -> None:
        if self.memory is None:
            return
        opened = self.open(made.posting)
        segment = self.segment(opened, made.segment)
        try:
            self.decisions.taught(
                made.number, taught(self.memory, opened.posting, segment, who.name)
            )
            self.memory_problem = ""
        except HarmonizeError as error:  # the decision is kept; the memory learns it another time
            self.memory_problem = str(error)

    def _unteach(self, row: Row) -> None:
        """What was accepted no longer holds: the memory is not to use it."""
        lessons = [each.lesson for each in self.decisions.history(row) if not each.undone]
        if last := next(filter(None, reversed(lessons)), 0):
            self._forget(last)

    def _forget(self, lesson: int) -> None:
        if self.memory is None:
            return
        try:
            self.memory.withdraw(lesson)
        except HarmonizeError as error:
            self.memory_problem = str(error)


def summary(opened: Open) -> Summary:
    """A posting as the list shows it."""
    posting = opened.posting
    rows = [each for each in posting.segments if each.kind != "boilerplate"]
    flags, score = count_flags(posting), posting_score(posting.segments)
    return Summary(
        id=posting.id,
        title=posting.title,
        organization=posting.organization or "",
        score=score.score,
        verdict=score.verdict,
        errors=flags["error"],
        warnings=flags["warning"],
        looks=sum(map(opened.needs_look, rows)),
        rows=len(rows),
        accepted=sum(opened.status(each) == "accepted" for each in rows),
        waiting=frozenset(key_of(each) for each in rows if opened.status(each) != "accepted"),
    )


def _row(decision: Decision) -> Row:
    return Row(decision.posting, decision.segment, decision.source)
