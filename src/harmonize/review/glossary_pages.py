"""The pages of the glossary: its list, the form of a term, and what a change does to postings."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harmonize.errors import FolderInUse, HarmonizeError, RejectedInput, UsageError
from harmonize.glossary import Entry
from harmonize.review.impact import Impact, apply, impact
from harmonize.review.site import Form, Site, changing, language_of, number_in, who_of
from harmonize.review.terms import FIELDS, citation
from harmonize.review.words import say

_T = TypeVar("_T")

SHOWN = 200
"""Entries of the list that are shown at once."""

REMEMBERED = 8
"""Impacts that wait for somebody to confirm them."""


class GlossaryPages:
    """The addresses below ``/terms``."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.terms = site.terms
        self._waiting: OrderedDict[str, Impact] = OrderedDict()
        self._changed: OrderedDict[str, tuple[Entry, ...]] = OrderedDict()

    def routes(self) -> list[Route]:
        """What is answered here."""
        post = ["POST"]
        return [
            Route("/terms", self.page),
            Route("/terms/form", self.form),
            Route("/terms/proposal", self.proposal),
            Route("/terms/impact/{key}", self.impact),
            Route("/terms/save", changing(self.save), methods=post),
            Route("/terms/remove", changing(self.remove), methods=post),
            Route("/terms/apply", changing(self.apply), methods=post),
        ]

    def page(self, request: Request) -> Response:
        """The list of terms, and what is wrong in the user's own file."""
        word = request.query_params.get("q", "")[:100]
        found = self.terms.listed(word)
        alone = request.headers.get("HX-Target") == "terms"
        return self.site.answer(
            request,
            "_terms.html" if alone else "terms.html",
            word=word,
            entries=[(each, self.terms.is_own(each)) for each in found[:SHOWN]],
            count=len(found),
            problems=self.terms.problems(),
            own=self.terms.own,
        )

    def form(self, request: Request) -> Response:
        """The form of a new term from selected words, or of one that is there (``?line=``)."""
        given = request.query_params
        line = number_in(given, "line") if given.get("line") else 0
        if line:
            entry = self.terms.entry(line)
            if entry is None:
                raise RejectedInput("This term is not there any more.", "Reload the page.")
            cells = entry.cells()
        else:
            cells = {
                "en": citation(given.get("en", "")[:200], "en"),
                "es": citation(given.get("es", "")[:200], "es"),
            }
        return self.site.answer(
            request,
            "_term_form.html",
            cells={name: cells.get(name, "") for name in FIELDS},
            line=line,
            own=self.terms.own,
            **self._proposed(cells, line),
        )

    def proposal(self, request: Request) -> Response:
        """What the term in the form would be, and what is to be said against it."""
        given = request.query_params
        line = number_in(given, "line") if given.get("line") else 0
        return self.site.answer(request, "_proposal.html", **self._proposed(given, line))

    def save(self, request: Request, form: Form) -> Response:
        """Write a term to the user's own file."""
        line = number_in(form, "line") if form.get("line") else 0
        old = self.terms.entry(line) if line else None
        try:
            entry = self.terms.save(form, line)
        except UsageError as error:
            return self.site.answer(request, "_refused.html", 422, error=str(error))
        return self._saved(request, tuple(filter(None, (old, entry))), "term_saved")

    def remove(self, request: Request, form: Form) -> Response:
        """Take a term out of the user's own file."""
        line = number_in(form, "line")
        old = self.terms.entry(line)
        if old is None:
            raise RejectedInput("This term is not there any more.", "Reload the page.")
        self.terms.remove(line)
        return self._saved(request, (old,), "term_removed")

    def impact(self, request: Request) -> Response:
        """Which finished rows a changed term would change."""
        entries = self._changed.get(request.path_params["key"])
        if entries is None:
            raise RejectedInput("This list is not there any more.", "Change the term again.")
        try:
            with self.site.harmonizer() as harmonizer:
                found = impact(self.site.desk, harmonizer, entries)
        except HarmonizeError as error:
            return self.site.answer(request, "_refused.html", error=str(error))
        key = _kept(self._waiting, found)
        return self.site.answer(request, "_impact.html", impact=found, key=key)

    def apply(self, request: Request, form: Form) -> Response:
        """Make the changes that were shown."""
        key = form.get("key", "")
        found = self._waiting.pop(key, None)
        if found is None:
            raise RejectedInput("This list is not there any more.", "Change the term again.")
        try:
            done, late = apply(self.site.desk, found, who_of(request))
        except FolderInUse:
            self._waiting[key] = found  # so that the same button can be pressed again
            raise
        said = say(language_of(request), "term_applied", count=done)
        return self.site.answer(request, "_applied.html", said=said, done=done, late=late)

    def _proposed(self, cells: Mapping[str, str], line: int) -> dict[str, Any]:
        try:
            return {"proposal": self.terms.proposal(cells, line), "error": ""}
        except UsageError as error:
            return {"proposal": None, "error": error.cause}

    def _saved(self, request: Request, changed: tuple[Entry, ...], key: str) -> Response:
        name = _kept(self._changed, changed)
        entry = changed[-1]
        said = say(language_of(request), key, en=entry.en, es=entry.es)
        return self.site.answer(
            request, "_term_saved.html", said=said, sentence=said, key=name, own=self.terms.own
        )


def _kept(waiting: OrderedDict[str, _T], value: _T) -> str:
    key = secrets.token_urlsafe(9)
    waiting[key] = value
    while len(waiting) > REMEMBERED:
        waiting.popitem(last=False)
    return key
