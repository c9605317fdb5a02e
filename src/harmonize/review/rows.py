"""A posting's page, and the decisions about its rows."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harmonize.diff import word_runs
from harmonize.errors import HarmonizeError, RejectedInput, UsageError
from harmonize.glossary.model import Language
from harmonize.records import Segment
from harmonize.render.repaired import Run
from harmonize.review import steps, views
from harmonize.review.decisions import Decision, Stale
from harmonize.review.desk import Open, Where, Who
from harmonize.review.lessons import Suggestion, suggestions
from harmonize.review.repeats import accept_there, same_elsewhere
from harmonize.review.site import (
    Form,
    Site,
    changing,
    language_in,
    language_of,
    number_in,
    who_of,
)
from harmonize.review.words import say

ACTIONS = ("save", "accept", "reject", "copy", "undo")


class Rows:
    """The addresses below ``/posting``."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.desk = site.desk

    def routes(self) -> list[Route]:
        """What is answered here."""
        post, row = ["POST"], "/posting/{id}/rows/{segment}"
        return [
            Route("/posting/{id}", self.page),
            Route("/posting/{id}/suggestions", self.suggestions),
            Route("/posting/{id}/undo", changing(self.undo_last), methods=post),
            Route(row, self.row),
            Route(f"{row}/history", self.history),
            Route(f"{row}/same", changing(self.same), methods=post),
            Route(f"{row}/{{action}}", changing(self.decide), methods=post),
        ]

    def page(self, request: Request) -> Response:
        """A posting with all its rows."""
        opened = self.desk.open(request.path_params["id"])
        ids = [each.id for each in self.desk.summaries()]
        at = ids.index(opened.posting.id) if opened.posting.id in ids else 0
        return self.site.answer(
            request,
            "posting.html",
            posting=opened.posting,
            chapters=views.chapters(opened, self.site.terms.matcher()),
            left_out=views.left_out(opened.posting),
            progress=views.progress(opened),
            before=ids[at - 1] if at else "",
            behind=ids[at + 1] if at + 1 < len(ids) else "",
            remembers=self.desk.memory is not None,
        )

    def row(self, request: Request) -> Response:
        """One row as it stands, or with a side open for editing (``?edit=es``)."""
        opened, segment = self._asked(request)
        wanted = request.query_params.get("edit", "")
        return self._row(request, opened, segment, editing=wanted if wanted in {"en", "es"} else "")

    def history(self, request: Request) -> Response:
        """What was decided about a row."""
        opened, segment = self._asked(request)
        found = self.desk.history(opened.posting.id, segment.id)
        steps_ = [(each, _changes(each)) for each in reversed(found)]
        return self.site.answer(request, "_history.html", decisions=steps_, id=segment.id)

    def suggestions(self, request: Request) -> Response:
        """What the translation memory has like each row, for all rows at once."""
        opened = self.desk.open(request.path_params["id"])
        found: list[tuple[views.RowView, list[Suggestion]]] = []
        matcher = self.site.terms.matcher()
        if self.desk.memory is not None:
            for segment in opened.posting.segments:
                if segment.kind != "boilerplate" and opened.status(segment) != "accepted":
                    try:
                        like = suggestions(self.desk.memory, segment)
                    except HarmonizeError as error:
                        self.desk.memory_problem = str(error)
                        break
                    if like:
                        found.append((views.row(opened, segment, matcher), like))
        return self.site.answer(request, "_suggestions.html", found=found, id=opened.posting.id)

    def decide(self, request: Request, form: Form) -> Response:
        """Save, accept, reject, copy the source or undo; 409 where somebody came first."""
        action = request.path_params["action"]
        if action not in ACTIONS:
            raise RejectedInput("There is no such decision.")
        id_, row = request.path_params["id"], request.path_params["segment"]
        where = Where(id_, row, number_in(form, "version"))
        if action == "accept" and not self._seen(request, form):
            opened, segment = self._asked(request)
            number = views.row(opened, segment, None).number
            said = say(language_of(request), "changed_meanwhile", number=number)
            return self._row(request, opened, segment, status=409, said=said)
        text = form.get("text")
        if text is not None and len(text) > steps.LONGEST:
            raise UsageError(f"A row has at most {steps.LONGEST} characters.", "Shorten it.")
        try:
            made = self._decided(where, who_of(request), action, form)
        except Stale as stale:
            return self._conflict(request, stale.now, form, action)
        return self._done(request, action, made, silent=action == "save" and "close" not in form)

    def same(self, request: Request, form: Form) -> Response:
        """Accept all rows that say the same, as this one was accepted."""
        opened, segment = self._asked(request)
        if opened.status(segment) != "accepted":
            raise UsageError("This row is not accepted any more.", "Reload the page.")
        places = same_elsewhere(self.desk, segment)
        done = accept_there(self.desk, segment, places, who_of(request))
        opened, matcher = self.desk.open(opened.posting.id), self.site.terms.matcher()
        here = [place.segment for place in done if place.posting == opened.posting.id]
        return self.site.answer(
            request,
            "_same.html",
            said=say(language_of(request), "same_accepted", count=len(done)),
            row=views.row(opened, segment, matcher),
            others=[views.row(opened, self.desk.segment(opened, each), matcher) for each in here],
            id=opened.posting.id,
            progress=views.progress(opened),
        )

    def undo_last(self, request: Request, form: Form) -> Response:
        """Take back the visitor's last decision in this posting."""
        id_, who = request.path_params["id"], who_of(request)
        last = self.desk.decisions.last_of(id_, who.name)
        made = last and self.desk.undo(Where(id_, last.segment, last.version), who)
        if not made:
            said = say(language_of(request), "nothing_to_undo")
            return self.site.answer(request, "_nothing.html", said=said)
        opened = self.desk.open(id_)
        segment = self.desk.segment(opened, made.segment)
        said = self._said(request, "undo", segment)
        return self._row(request, opened, segment, apart=True, said=said)

    def _seen(self, request: Request, form: Form) -> bool:
        """Whether the page showed what stands there now: a later run may have written it anew.

        What another person wrote has a version of its own, and is told as a conflict.
        """
        opened, segment = self._asked(request)
        if "shown" not in form or opened.version(segment) != number_in(form, "version"):
            return True
        marks = views.shown_marks(segment)
        shown = dict(zip(marks, form.get("shown", "").split("."), strict=False))
        typed = language_in(form) if "text" in form else ""
        return all(shown.get(name) == mark for name, mark in marks.items() if name != typed)

    def _decided(self, where: Where, who: Who, action: str, form: Form) -> Decision | None:
        text = form.get("text")
        texts: dict[Language, str] = {} if text is None else {language_in(form): text}
        if action == "save":
            return self.desk.edit(where, who, language_in(form), form.get("text", ""))
        if action == "accept":
            return self.desk.accept(where, who, texts)
        does = {"reject": self.desk.reject, "copy": self.desk.copy_source, "undo": self.desk.undo}
        return does[action](where, who)

    def _done(self, request: Request, action: str, made: Decision | None, silent: bool) -> Response:
        """The row anew; while somebody types in it only what stands around the words."""
        opened, segment = self._asked(request)
        if silent:
            view = views.row(opened, segment, self.site.terms.matcher())
            return self.site.answer(
                request,
                "_saved.html",
                row=view,
                id=opened.posting.id,
                progress=views.progress(opened),
            )
        said = self._said(request, action, segment) if made else ""
        if not made:
            said = say(language_of(request), "nothing_to_undo" if action == "undo" else "no_change")
        same = len(same_elsewhere(self.desk, segment)) if made and action == "accept" else 0
        return self._row(request, opened, segment, said=said, same=same)

    def _row(self, request: Request, opened: Open, segment: Segment, **how: Any) -> Response:
        """The row by itself; *how*: ``editing`` which side, ``apart`` from the answer's target."""
        given: dict[str, Any] = {"editing": "", "apart": False, "same": 0} | how
        status = given.pop("status", 200)
        return self.site.answer(
            request,
            "_row_alone.html",
            status,
            row=views.row(opened, segment, self.site.terms.matcher()),
            id=opened.posting.id,
            progress=views.progress(opened),
            **given,
        )

    def _conflict(self, request: Request, now: Decision, form: Form, action: str) -> Response:
        opened, segment = self._asked(request)
        view = views.row(opened, segment, self.site.terms.matcher())
        language = language_in(form) if "text" in form else view.main
        mine = steps.typed(form["text"]) if "text" in form else None
        found = views.conflict(view, segment, now, language, mine)
        said = say(language_of(request), "conflict_said", number=view.number, who=now.who)
        response = self.site.answer(
            request, "_conflict.html", 409, said=said, conflict=found, id=opened.posting.id,
            action=action,
        )  # fmt: skip
        response.headers["HX-Reswap"] = "none"
        return response

    def _said(self, request: Request, action: str, segment: Segment) -> str:
        opened = self.desk.open(request.path_params["id"])
        number = views.row(opened, segment, None).number
        keys = {
            "save": "row_saved", "accept": "row_accepted", "reject": "row_rejected",
            "copy": "row_copied", "undo": "row_undone",
        }  # fmt: skip
        return say(language_of(request), keys[action], number=number)

    def _asked(self, request: Request) -> tuple[Open, Segment]:
        opened = self.desk.open(request.path_params["id"])
        return opened, self.desk.segment(opened, request.path_params["segment"])


def _changes(decision: Decision) -> list[tuple[Language, list[Run]]]:
    """What a decision did to each side that it changed, word by word."""
    before, after = decision.before, decision.after
    return [
        (language, word_runs(getattr(before, language).text, getattr(after, language).text))
        for language in steps.LANGUAGES
        if getattr(before, language).text != getattr(after, language).text
    ]
