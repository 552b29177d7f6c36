"""Words for what an institution adapts: kinds of page, problems, differences, and the way there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from facilitator_kit.curriculum.blocks import Block, Heading, ListBlock, Paragraph, Span
from facilitator_kit.curriculum.differences import Difference, LineDifference, Mark, Run
from facilitator_kit.curriculum.learning import Chapter, Lesson, PracticeTask, Quiz, QuizQuestion
from facilitator_kit.curriculum.pack_pages import OutlinePart, PageKind
from facilitator_kit.curriculum.pack_rules import Page as PackPage
from facilitator_kit.curriculum.records import Handout, Method, Pack, Session
from facilitator_kit.errors import Problem
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.curriculum_list import Entry
from facilitator_kit.ui.pages.curriculum_reading import handout_parts, method_parts, session_parts
from facilitator_kit.ui.pages.curriculum_words import minutes_words
from facilitator_kit.ui.prose import Lead, Marked, Muted, Part
from facilitator_kit.ui.tokens import Tone

ADAPT = "adaptar"
"""The key of the page on which a text of the pack is changed."""

REVIEW = "revisar-paquete"
"""The key of the page on which a newer pack is looked at before it is adopted."""


def adapt_action(ctx: UiContext, code: str) -> PageAction:
    """The way from something that is read to the page on which it is changed."""
    _ = ctx._
    tip = "" if code else _("Elija algo que ya esté escrito.")
    return PageAction(
        _("Adaptar…"),
        partial(ctx.navigate, ADAPT, code=code),
        icon="pencil",
        enabled=bool(code),
        tip=tip,
    )


def kind_words(_: Texts, kind: PageKind) -> str:
    """What kind of page it is."""
    words: dict[PageKind, str] = {
        PageKind.SESSION: _("Sesión"),
        PageKind.HANDOUT: _("Hoja de trabajo"),
        PageKind.METHOD: _("Dinámica"),
        PageKind.LESSON: _("Lección"),
        PageKind.QUIZ: _("Cuestionario"),
        PageKind.TASK: _("Tarea práctica"),
        PageKind.CHAPTER: _("Manual del proceso"),
    }
    return words[kind]


def heading_words(title: str) -> tuple[str, str]:
    """A heading's own words, and what a block's heading says besides: its kind and its minutes."""
    kind, bracket, rest = title.partition("]")
    words, _dot, minutes = (rest if bracket else title).rpartition("·")
    if not bracket or not words:
        return title, ""
    return words.strip(), f"{kind.lstrip('[').strip()} · {minutes.strip()}"


def outline_entries(_: Texts, outline: Iterable[OutlinePart]) -> list[Entry]:
    """The parts of a text, those of the second level within those of the first."""
    entries: list[Entry] = []
    for part in outline:
        title, detail = heading_words(part.title)
        detail = detail or _("línea {line}", line=part.line)
        if part.level == 0:
            entries.append(Entry(str(part.line), _("Datos"), detail))
        elif part.level == 1 or not entries:
            entries.append(Entry(str(part.line), title, detail))
        else:
            head = entries[-1]
            inside = (*head.children, Entry(str(part.line), title, detail))
            entries[-1] = Entry(head.key, head.title, head.detail, children=inside)
    return entries


def problem_entries(_: Texts, problems: Iterable[Problem], file: str) -> list[Entry]:
    """Problems as a list to choose from; the key is the line, or 0 for another file."""
    entries = []
    for number, problem in enumerate(problems):
        own = problem.file == file
        where = _("Línea {line}", line=problem.line) if problem.line else _("Todo el texto")
        if not own:
            where = f"{problem.file} · {where}"
        detail = f"{where} · {_.render(problem.remedy)}"
        key = f"{number}:{problem.line if own else 0}"
        entries.append(Entry(key, _.render(problem.reason), detail))
    return entries


def line_of(key: str) -> int:
    """The line that the key of an entry stands for; 0 for none."""
    return int(key.rpartition(":")[2])


# -- differences -----------------------------------------------------------------------------------


def difference_parts(_: Texts, found: Iterable[Difference]) -> tuple[Part, ...]:
    """Differences to be read: what went is crossed out after −, what came underlined after +."""
    parts: list[Part] = []
    for one in found:
        if isinstance(one, LineDifference):
            parts.append(Marked(_.number(one.new or one.old), _runs(_, one)))
        else:
            same = _.plural("{count} línea igual", "{count} líneas iguales", one.lines)
            under = f" · {heading_words(one.under)[0]}" if one.under else ""
            parts.append(Muted(f"… {same}{under}"))
    return tuple(parts)


def run_parts(runs: Iterable[Run]) -> tuple[Part, ...]:
    """The same for a piece of text without line numbers."""
    return (Marked("", tuple((_TONES[run.mark], run.text) for run in runs)),)


def _runs(_: Texts, line: LineDifference) -> tuple[tuple[Tone, str], ...]:
    if line.runs:
        return tuple((_TONES[run.mark], run.text) for run in line.runs)
    if line.old and line.new:
        return ()
    return (("bad" if line.old else "good", _("(línea en blanco)")),)


_TONES: dict[Mark, Tone] = {Mark.SAME: "neutral", Mark.ADDED: "good", Mark.REMOVED: "bad"}


# -- previews --------------------------------------------------------------------------------------


def page_parts(_: Texts, page: PackPage, code: str, pack: Pack) -> tuple[Part, ...]:
    """A page as it is read; what the pack says around `code` is taken from the pack in force."""
    match page:
        case Session():
            return session_parts(_, page, pack.module_of(code))
        case Handout():
            around = pack.session(pack.handout(code).session)
            # The first part is the way back to the session, which belongs to the reader.
            return handout_parts(_, page, around)[1:]
        case Method():
            return method_parts(_, page)
        case Lesson():
            facts = f"{page.code} · {minutes_words(_, page.minutes)}"
            parts: list[Part] = [Lead(page.title, facts), *page.reading]
            return (*parts, *page.activity, *_questions(page.questions))
        case Quiz():
            return (Lead(page.title, page.code), *_questions(page.questions))
        case PracticeTask():
            facts = f"{page.code} · {minutes_words(_, page.minutes)}"
            return (Lead(page.title, facts), *page.steps)
        case Chapter():
            return (Lead(page.title, page.code), *page.body)


def _questions(questions: Iterable[QuizQuestion]) -> tuple[Part, ...]:
    parts: list[Block] = []
    for question in questions:
        options = tuple(
            (
                Paragraph((Span(option.text, bold=option.right),)),
                Paragraph((Span(option.why, italic=True),)),
            )
            for option in question.options
        )
        parts += [Heading(2, (Span(question.text),)), *question.body, ListBlock(options)]
    return tuple(parts)
