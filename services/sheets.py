"""The sheets on which an office writes a report, one a section: what they show is what the report contains.

Part 一 (总体情况) is one text seen on five sheets: its own, and one for each topic. A topic's text counts
where the topic is kept, and of the overview what is left without them (``report.topics``); a version of
the overview holds the whole, so that it can be shown and come back. A sentence typed on one sheet
therefore stands on the other.

A text comes back from a browser together with the texts that it was made from. A part counts as
changed only where it was changed there; what was changed elsewhere as well is set aside, and told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from domain import SECTION_TITLES, Draft, Filled, LedgerResult, OwnFigure, UnusableInput, User
from report.topics import NARRATIVE, TOPICS
from services.parts import (
    BY_HAND,
    OVERVIEW,
    TYPED,
    Held,
    by_whom,
    cited_together,
    origin_of,
    own_draft,
    parts_of,
    plain_lines,
    settled,
    shown,
    shown_with_figures,
    texts_of,
    told_in,
    told_of,
    with_kept,
    with_paragraph,
    without_kept,
)
from services.writing import Writing, last_result

if TYPE_CHECKING:
    from drafting import Rewording
    from drafting.asked import OfficeQuestion
    from office import Office
    from office.drafts import DraftVersion, Origin

_TRIES = 5


class EditedMeanwhile(UnusableInput):
    """A part was changed by somebody else, or in another window; the text was set aside as a version."""


class Sheets:
    """What is written on each section; UnusableInput for a section that there is not."""

    def __init__(self, office: Callable[[], Office], writing: Writing) -> None:
        self._office = office
        self._writing = writing

    def sheet(self, section: str, ledger: LedgerResult) -> Draft | None:
        """What a section's sheet shows and the report contains; None where nothing was written yet."""
        held = self._office().drafts.current(ledger.figures.org, ledger.figures.year)
        whole, own = shown_with_figures(section, told_of(held)), own_draft(section, held)
        if section not in held and not whole:
            return None
        return own if whole.text == plain_lines(own.text) else self._writing.edited(own, whole.text, ledger, kept=whole)

    def kept_drafts(self, org: str, year: int) -> dict[str, Draft]:
        """What the office has written for a report, as ``build`` takes it; sections without text are left out.

        A topic is among them also where the whole of part 一 is, in which it stands.
        """
        held = self._office().drafts.current(org, year)
        told = told_of(held)
        drafts = {
            name: replace(own_draft(name, held), text=part.text, placed=part.placed)
            for name, part in told.items()
            if part and name != OVERVIEW
        }
        whole = shown_with_figures(OVERVIEW, told)
        if OVERVIEW in held and whole:
            drafts[OVERVIEW] = replace(
                held[OVERVIEW].draft,
                text=whole.text,
                placed=whole.placed,
                figures=whole.phrases,
                citations=cited_together([held[name].draft for name in (OVERVIEW, *TOPICS) if name in held]),
            )
        return drafts

    def keep_text(
        self,
        user: User,
        ledger: LedgerResult,
        section: str,
        text: str,
        bases: Sequence[str],
        notes: str = "",
        by: str = "",
    ) -> Draft:
        """Keep what was typed on a section's sheet; the draft that it is now.

        ``bases`` are the texts that it was made from: the last one known to be kept, and those sent
        since, whose answer may have been lost. EditedMeanwhile where a part that was changed here was
        changed elsewhere as well, or where ``by``, who typed it, is not the user any more; nothing counts of
        it then.
        """
        written = Draft(section, text, "composed", notes=(BY_HAND,))
        if by and by != user.name:
            self._office().drafts.set_aside(ledger.figures.org, ledger.figures.year, written, user, bases)
            raise EditedMeanwhile(
                f"“{SECTION_TITLES[section]}”里的这段文字是{by}写的，现在登录的是{user.name}：没有写进报告，已另存在“以前的版本”里"
            )
        return self._keep(
            user, ledger, written, "edited", lambda held: self._changed(user, ledger, written, bases, held), notes
        )

    def add_paragraph(self, user: User, ledger: LedgerResult, section: str, paragraph: str) -> Draft:
        """Write a paragraph at the end of a section, as a version of its own, so that it can be undone by itself."""
        now = self.sheet(section, ledger)
        before = now.text if now else ""
        written = Draft(section, with_paragraph(section, before, paragraph), "composed", notes=(BY_HAND,))
        notes = self.told(ledger, section)
        meant: Callable[[Held], dict[str, str]] = lambda held: self._changed(user, ledger, written, [before], held)  # noqa: E731
        self._keep(user, ledger, written, "answer", meant, notes)
        kept = self.sheet(section, ledger)
        assert kept  # it was just written
        return kept

    def counting(self, ledger: LedgerResult) -> dict[str, str]:
        """The text of each section that counts now, for ``keep_draft``."""
        return texts_of(self._office().drafts.current(ledger.figures.org, ledger.figures.year))

    def keep_draft(
        self,
        user: User,
        ledger: LedgerResult,
        draft: Draft,
        bases: Sequence[str] | None = None,
        notes: str = "",
        since: Mapping[str, str] | None = None,
    ) -> Draft:
        """Keep what was drafted for a section; ``bases``, as of ``keep_text``, where it was made from a text.

        A new overview leaves alone the topics that were written on their own sheets or by hand. ``since``
        is what counted when the drafting began (``counting``): EditedMeanwhile where somebody has
        changed since what it would replace; the new draft is set aside then.
        """
        if bases is not None:  # a paragraph that somebody asked for: not to be written anew unasked (``stand``)
            origin = "edited" if draft.mode == "composed" else origin_of(draft)
            return self._keep(
                user, ledger, draft, origin, lambda held: self._changed(user, ledger, draft, bases, held), notes
            )
        return self._keep(
            user, ledger, draft, origin_of(draft), lambda held: self._replacing(user, ledger, draft, held, since), notes
        )

    def restore_version(self, user: User, ledger: LedgerResult, section: str, version_id: int) -> Draft:
        """Make an earlier version's text count again, as a new version."""
        figures = ledger.figures
        versions = self._office().drafts.versions(figures.org, figures.year, section)
        wanted = next((version.draft for version in versions if version.id == version_id), None)
        if wanted is None:
            raise UnusableInput("没有这个版本")
        return self._keep(user, ledger, wanted, "restored", lambda held: parts_of(section, wanted.text))

    # --- versions and notes -----------------------------------------------------------------------

    def versions(self, ledger: LedgerResult, section: str) -> list[DraftVersion]:
        """Every version of a section, the latest first, those undone too."""
        return self._office().drafts.versions(ledger.figures.org, ledger.figures.year, section)

    def current(self, ledger: LedgerResult, section: str) -> DraftVersion | None:
        """The version of a section that counts."""
        return self._office().drafts.current(ledger.figures.org, ledger.figures.year).get(section)

    def undo(self, ledger: LedgerResult, section: str) -> DraftVersion | None:
        """Go back to what the current version was made from; None where it is the first."""
        self._must_be_open(ledger)
        return self._office().drafts.undo(ledger.figures.org, ledger.figures.year, section)

    def redo(self, ledger: LedgerResult, section: str) -> DraftVersion | None:
        """Go forward again to what was last made from the current version; None where nothing was."""
        self._must_be_open(ledger)
        return self._office().drafts.redo(ledger.figures.org, ledger.figures.year, section)

    def notes(self, ledger: LedgerResult, section: str) -> str:
        """What the office wants said in a section, in its own words."""
        return self._office().drafts.notes(ledger.figures.org, ledger.figures.year).get(section, "")

    def told(self, ledger: LedgerResult, section: str) -> str:
        """All that the office says of a section beside its ledger: its notes, and what it answered when it was asked."""
        return self.all_told(ledger, (section,))[section]

    def all_told(self, ledger: LedgerResult, sections: Collection[str]) -> dict[str, str]:
        """``told`` of several sections, read at once."""
        from drafting.asked import as_notes

        answers = self.answers(ledger)
        notes = self._office().drafts.notes(ledger.figures.org, ledger.figures.year)
        said = {section: (notes.get(section, ""), as_notes(answers, section)) for section in sections}
        return {section: "\n".join(filter(None, both)) for section, both in said.items()}

    def questions(self) -> tuple[OfficeQuestion, ...]:
        """What the office is asked, in the order of the report."""
        from drafting.asked import questions

        return questions()

    def answers(self, ledger: LedgerResult) -> dict[str, str]:
        """What the office answered by the key of the question (``drafting.asked``); "" is to be left out."""
        return self._office().told.all(ledger.figures.org, ledger.figures.year)

    def suggested(self, ledger: LedgerResult) -> dict[str, str]:
        """What is offered as answers: last year's, else last year's report's own sentences."""
        org, year = ledger.figures.org, ledger.figures.year
        before = {key: text for key, text in self._office().told.all(org, year - 1).items() if text}
        return self._writing.suggested(ledger) | before

    def answer(self, user: User, ledger: LedgerResult, key: str, text: str) -> None:
        """Keep the answer to a question; UnusableInput where a number of last year's was left blank."""
        from drafting.asked import BLANK

        self._must_be_open(ledger)
        if key not in {question.key for question in self.questions()}:
            raise UnusableInput("没有这个问题，请刷新页面")
        if BLANK in text or "〔" in text:
            raise UnusableInput(f"请把{BLANK}换成本年的数字，或者删去那一句")
        self._office().told.keep(ledger.figures.org, ledger.figures.year, {key: text}, user)

    def note(self, ledger: LedgerResult, section: str, text: str) -> None:
        """Keep what the office wants said in a section; UnusableInput where the report is closed."""
        if said := self.closed(ledger):
            raise UnusableInput(said)
        self._office().drafts.note(ledger.figures.org, ledger.figures.year, section, text)

    def stand(self, user: User, ledger: LedgerResult) -> list[str]:
        """Write by rule what nobody has written yet; which sections these were. Nothing of anybody's is replaced.

        What was written by rule of an earlier state of the ledger, and never touched, is written anew;
        the version before stays. A report that was approved stays as it is.
        """
        if self.closed(ledger):
            return []
        held = self._office().drafts.current(ledger.figures.org, ledger.figures.year)
        written = []
        for section in NARRATIVE:
            version = held.get(section)
            touched = version is not None and version.origin != "composed"
            if touched or section == OVERVIEW and any(held[name].draft.text.strip() for name in TOPICS if name in held):
                continue
            draft = last_result(
                self._writing.draft(section, ledger, with_model=False, notes=self.told(ledger, section))
            )
            if version is None or version.draft.text != draft.text:
                self.keep_draft(user, ledger, draft)
                written.append(section)
        return written

    def offers(self, ledger: LedgerResult, draft: Draft, by: str = "") -> tuple[Rewording, ...]:
        """What a new draft would change of its section's text, paragraph by paragraph; nothing is changed."""
        from drafting import offers

        now = self.sheet(draft.section, ledger)
        return offers(now.text, draft.text, by) if now else ()

    def accept(self, user: User, ledger: LedgerResult, section: str, offer: Rewording) -> Draft:
        """Put an offered paragraph in its place; UnusableInput where what it would replace was changed since."""
        from drafting import accepted

        now = self.sheet(section, ledger)
        text = accepted(now.text, offer) if now else offer.new
        if text is None:
            raise UnusableInput("这一段已经改过，不能再用这个写法替换；要新的写法请再点“起草”")
        notes = self.told(ledger, section)
        return self.keep_text(user, ledger, section, text, [now.text if now else ""], notes)

    def closed(self, ledger: LedgerResult) -> str:
        """Why nothing of a report can be changed, "" while it can."""
        return self._office().handover.closed(ledger.figures.org, ledger.figures.year)

    # --- figures of the office's own --------------------------------------------------------------

    def own(self, ledger: LedgerResult) -> tuple[OwnFigure, ...]:
        """The numerals that the office vouches for in a report."""
        return self._office().own_figures.all(ledger.figures.org, ledger.figures.year)

    def vouch(self, user: User, ledger: LedgerResult, section: str, start: int, end: int) -> OwnFigure:
        """Keep that the numeral at a place of a section's text is right; UnusableInput where none stands there."""
        from drafting import numeral_at

        self._must_be_open(ledger)
        draft = self.sheet(section, ledger)
        found = numeral_at(draft.text, start, end) if draft else None
        if found is None:
            raise UnusableInput("文字已经改过，这个数字不在原处了，请再点一次")
        return self._office().own_figures.vouch(ledger.figures.org, ledger.figures.year, *found, user)

    # --- inside -----------------------------------------------------------------------------------

    def _keep(
        self,
        user: User,
        ledger: LedgerResult,
        draft: Draft,
        origin: Origin,
        meant: Callable[[Held], Mapping[str, str]],
        notes: str = "",
    ) -> Draft:
        """Keep the parts that ``meant`` gives of a section's draft beside what counts, all in one step."""
        from office.drafts import MovedOn

        if (said := self.closed(ledger)) and origin == "edited":
            self._office().drafts.set_aside(ledger.figures.org, ledger.figures.year, draft, user)
            raise EditedMeanwhile(f"{said}；您的文字已另存在“以前的版本”里")
        self._must_be_open(ledger)
        org, year, kept = ledger.figures.org, ledger.figures.year, self._office().drafts
        for _ in range(_TRIES):
            held = kept.current(org, year)
            now, changes = texts_of(held), meant(held)
            texts = settled({**now, **changes})
            if origin == "edited" and all(text == now.get(name, "") for name, text in texts.items()):
                return own_draft(draft.section, held)
            drafts = self._drafts(draft, origin, texts, held, ledger, notes)
            main = drafts.get(OVERVIEW) or drafts[draft.section]
            parts = [part for part in drafts.values() if part is not main] if OVERVIEW in drafts else None
            try:
                kept.save(org, year, main, user, origin, parts, seen=held)
            except MovedOn:
                continue
            return drafts.get(draft.section) or own_draft(draft.section, held)
        raise UnusableInput(f"“{SECTION_TITLES[draft.section]}”正被别人大量修改，请稍后再试")

    def _must_be_open(self, ledger: LedgerResult) -> None:
        if said := self.closed(ledger):
            raise UnusableInput(said)

    def _drafts(
        self, draft: Draft, origin: Origin, texts: Mapping[str, str], held: Held, ledger: LedgerResult, notes: str
    ) -> dict[str, Draft]:
        """The drafts to keep: the section's own, or the whole of part 一 with each topic that differs from what is kept."""
        name, told, now = draft.section, told_in(draft, texts, held), texts_of(held)
        differ = [part for part in (OVERVIEW, *TOPICS) if texts.get(part, "") != now.get(part, "")]
        # a version of before the topics were kept apart says nothing of them: they are, from now on
        older = OVERVIEW in held and held[OVERVIEW].whole is None and name in TOPICS
        if name != OVERVIEW and not older and set(differ) <= {name}:
            return {name: self._written(draft, origin, told[name], texts[name], held, ledger, notes)}
        whole = (
            with_kept(draft, texts)
            if name == OVERVIEW and origin in ("model", "composed")
            else own_draft(OVERVIEW, held)
        )
        kept = {part: plain_lines(held[part].draft.text) if part in held else "" for part in TOPICS}
        changed = [part for part in TOPICS if texts.get(part, "") != kept[part]]
        topics = {part: draft if part == name else Draft(part, "", draft.mode) for part in changed}
        text, kept = shown(OVERVIEW, texts), shown_with_figures(OVERVIEW, told)
        return {OVERVIEW: self._written(whole, origin, kept, text, held, ledger, notes)} | {
            part: self._written(topic, origin, told[part], texts.get(part, ""), held, ledger, "")
            for part, topic in topics.items()
        }

    def _written(
        self, draft: Draft, origin: Origin, kept: Filled, text: str, held: Held, ledger: LedgerResult, notes: str
    ) -> Draft:
        """A draft with the text that it is to have, made from ``kept``; typing goes on with what is said of the one that counts."""
        if origin not in TYPED and text == plain_lines(draft.text):
            return draft
        before = held[draft.section].draft if origin in TYPED and draft.section in held else draft
        return self._writing.edited(before, text, ledger, notes, kept)

    def _replacing(
        self, user: User, ledger: LedgerResult, draft: Draft, held: Held, since: Mapping[str, str] | None
    ) -> dict[str, str]:
        """The parts of a new draft that take the place of what counts."""
        parts, now = without_kept(parts_of(draft.section, draft.text), held), texts_of(held)
        for part in parts:
            if since is not None and now.get(part, "") != since.get(part, ""):
                self._office().drafts.set_aside(ledger.figures.org, ledger.figures.year, draft, user)
                raise EditedMeanwhile(
                    f"起草期间“{SECTION_TITLES[part]}”被改过，没有用新稿覆盖它；新稿已另存在“以前的版本”里"
                )
        return parts

    def _changed(
        self, user: User, ledger: LedgerResult, draft: Draft, bases: Sequence[str], held: Held
    ) -> dict[str, str]:
        """The parts of a text that was made from ``bases`` and differ from all of them."""
        name = draft.section
        before = [parts_of(name, base) for base in bases]
        counts = texts_of(held)
        now, changes = parts_of(name, shown(name, counts)), {}
        for part, text in parts_of(name, draft.text).items():
            was = [base.get(part, "") for base in before]
            if all(text == base for base in was) and was:
                continue
            if now.get(part, "") not in (*was, text) and counts.get(part, "") not in was:
                self._office().drafts.set_aside(ledger.figures.org, ledger.figures.year, draft, user, bases)
                raise EditedMeanwhile(by_whom(part, held, user))
            changes[part] = text
        shifted = {
            part: text for part, text in now.items() if text != counts.get(part, "")
        }  # headings typed on a topic's sheet
        return shifted | changes if changes else {}
