"""«Para preparar»: materials counted for so many people, handouts, what goes with what is read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from facilitator_kit.curriculum import group_sizes, material_quantities
from facilitator_kit.curriculum.copies import handout_copies
from facilitator_kit.curriculum.learning import Chapter, ComplementCourse, Lesson
from facilitator_kit.curriculum.records import (
    Handout,
    Method,
    Module,
    Pack,
    Programme,
    Session,
    Titled,
)
from facilitator_kit.curriculum.search_items import needed_materials
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_words import (
    copies_words,
    family_words,
    minutes_words,
    session_state,
    span_words,
)
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    KeyValues,
    Label,
    LinkButton,
    NumberField,
    Pill,
    Rows,
    Scroll,
    TagButton,
    Well,
    column,
    filled_anew,
    flow,
    holder,
    row,
)

MOST_PEOPLE = 99

Shown = Session | Handout | Method | Lesson | Chapter | Module | Programme | ComplementCourse


class PreparePanel(Card):
    """What to have ready for what is read, and what belongs to it.

    `asked` carries the code of something else to be read, `theme_asked` a theme to look for.
    `star_asked` asks to keep what is read at hand, or no longer; `alone_asked` to open the lesson
    on the whole screen.
    """

    asked = Signal(str)
    theme_asked = Signal(str)
    star_asked = Signal(str, bool)
    alone_asked = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, ctx._("Para preparar"), parent=parent)
        self._ctx = ctx
        _ = self._ = ctx._
        self._pack: Pack | None = None
        self._shown: Shown | None = None
        self._starred = False
        self._typed = False
        self.star = Button(ctx, "", icon="star", small=True, on_click=self._turn_star, tip="Ctrl+D")
        self.people = NumberField(
            ctx,
            _("Personas"),
            value=20,
            low=1,
            high=MOST_PEOPLE,
            width=84,
            on_commit=self._count,
        )
        self._place = self._inside = column(ctx, gap=10)
        inner = column(ctx, gap=0)
        inner.addLayout(self._place)
        inner.addStretch(1)
        self._fewer = Button(ctx, "−", name=_("Una persona menos"), on_click=self._less)
        self._more = Button(ctx, "+", name=_("Una persona más"), on_click=self._add)
        steps = row(ctx, self._fewer, self._more, gap=4)
        self._asking = holder(row(ctx, self.people, holder(column(ctx, None, steps)), None))
        self.add(row(ctx, self.star, None))
        self.add(self._asking)
        self.add(Scroll(inner), 1)

    def show_thing(self, pack: Pack, shown: Shown | None, starred: Collection[str]) -> None:
        """Show what belongs to this; None shows that nothing is chosen."""
        is_starred = shown is not None and shown.code in starred
        if (pack, shown) == (self._pack, self._shown):
            if is_starred != self._starred:
                self._starred = is_starred
                self._show_star()
            return
        self._pack, self._shown, self._starred = pack, shown, is_starred
        self._show_star()
        # After the text is painted: together they would hold the screen up too long.
        self._ctx.jobs.later(partial(self._draw_still, shown), owner=self)
        self._ask_people()

    def people_count(self) -> int:
        """For how many people quantities are shown."""
        value = self.people.value()
        return int(value) if value is not None else 1

    def words(self) -> tuple[str, ...]:
        """Every line that is shown, from top to bottom."""
        labels = self.findChildren(Label)
        return tuple(label.text() for label in labels if label.isVisibleTo(self))

    def print_handout(self, handout: Handout) -> None:
        """Show a handout as it will be printed, with the number of copies for the group."""
        printing = self._ctx.workspace.printing
        make = partial(printing.handout, handout.code, self._copies(handout))
        show_pdf(self._ctx, handout.title, make, f"hoja-{handout.code}.pdf", self)

    # -- the head --------------------------------------------------------------------------------

    def _turn_star(self) -> None:
        if self._shown is not None:
            self.star_asked.emit(self._shown.code, not self._starred)

    def _show_star(self) -> None:
        _ = self._
        words = _("Quitar de favoritas") if self._starred else _("Guardar en favoritas")
        self.star.set_icon("star-filled" if self._starred else "star")
        self.star.set_text(words)
        self.star.setVisible(can_be_favourite(self._shown))

    def _ask_people(self) -> None:
        """Count for those expected the next time, unless a number was typed."""
        shown, pack = self._shown, self._pack
        code = shown.session if isinstance(shown, Handout) else getattr(shown, "code", "")
        if self._typed or pack is None or not isinstance(shown, Session | Handout):
            return
        papers, full = self._ctx.workspace.papers, pack.session(code).group[1]
        self._ctx.jobs.run(
            lambda: papers.people_next((code,)) or full, partial(self._expect, shown), owner=self
        )

    def _expect(self, shown: Session | Handout, people: int) -> None:
        if shown == self._shown and not self._typed and people != self.people_count():
            self.people.set_value(Decimal(min(people, MOST_PEOPLE)))
            self._draw()

    def _less(self) -> None:
        self._set_people(self.people_count() - 1)

    def _add(self) -> None:
        self._set_people(self.people_count() + 1)

    def _set_people(self, count: int) -> None:
        self._typed = True
        self.people.set_value(Decimal(min(max(count, 1), MOST_PEOPLE)))
        self._draw()

    def _count(self, _value: Decimal | None) -> None:
        self._typed = True
        self._draw()

    # -- what belongs to it ----------------------------------------------------------------------

    def _draw_still(self, shown: Shown | None) -> None:
        """Draw what was asked for a turn ago, unless something else was meanwhile."""
        if shown is self._shown:
            self._draw()

    def _draw(self) -> None:
        with filled_anew(self._place) as self._inside:
            self._fill()

    def _fill(self) -> None:
        shown, pack, _ = self._shown, self._pack, self._
        counted = isinstance(shown, Handout) or (isinstance(shown, Session) and shown.complete)
        self._asking.setVisible(counted)
        self.set_title(_("Para preparar") if counted or shown is None else _("Ficha"))
        if pack is None or shown is None:
            self._say(_("Elija una sesión para ver qué llevar, qué imprimir y para cuántas."))
            return
        match shown:
            case Session():
                self._session(shown, pack)
            case Handout():
                self._handout(shown, pack)
            case Method():
                self._method(shown)
            case Lesson():
                self._lesson(shown, pack)
            case Module():
                self._module(shown, pack)
            case Programme() | ComplementCourse():
                self._say(_("Elija algo de la lista para ver qué se prepara."))
            case Chapter():
                self._say(
                    _("Un formato: se llena a mano, una hoja para cada caso.")
                    if shown.form
                    else _("Un capítulo del manual del proceso.")
                )

    def _session(self, session: Session, pack: Pack) -> None:
        _ = self._
        if not session.complete:
            self._inside.addWidget(Pill(*session_state(_, session)))
            self._say(_("Sus materiales y hojas llegarán cuando la sesión esté escrita."))
            return
        groups = group_sizes(self.people_count(), session.group_of)
        words = _.plural("{count} grupo", "{count} grupos", len(groups))
        sizes = " · ".join(_.number(size) for size in groups)
        self._inside.addWidget(Label(f"{words}: {sizes}", "muted", wrap=True))
        self._needs(session)
        if session.handouts:
            self._title(_("Hojas de trabajo"))
            found = [pack.handout(code) for code in session.handouts]
            self._inside.addWidget(Rows([self._handout_line(handout) for handout in found]))
        lesson = pack.lesson_after(session)
        if session.complement is not None:
            extra = session.complement
            self._title(_("Complemento"))
            title = f"«{extra.title}» · {minutes_words(_, extra.minutes)}"
            self._inside.addWidget(Label(title, "strong", wrap=True))
            self._say(extra.what)
        if lesson is not None:
            self._link(_("Abrir la lección"), lesson)
        self._themes(session.themes, pack)

    def _needs(self, session: Session) -> None:
        _ = self._
        self._title(_("Materiales"))
        needs = material_quantities(session, self.people_count())
        if not needs:
            self._say(_("No hace falta ninguno."))
            return
        lines = [
            material_line(self._ctx, _.number(need.count), need.name, _.render(need.how))
            for need in needs
        ]
        self._inside.addWidget(Rows(lines))

    def _handout_line(self, handout: Handout) -> QWidget:
        _ = self._
        title = LinkButton(
            self._ctx,
            _("Ver"),
            name=_("Ver la hoja «{title}»", title=handout.title),
            on_click=partial(self.asked.emit, handout.code),
        )
        copies = _.plural("{count} copia", "{count} copias", self._copies(handout))
        words = f"{handout.code} · {copies}, {copies_words(_, handout.per)}"
        line = column(
            self._ctx,
            Label(handout.title, "strong", wrap=True),
            Label(words, "small", wrap=True),
            row(self._ctx, self._print_button(handout), title, None),
            gap=4,
        )
        edge = self._ctx.theme.px(8)
        line.setContentsMargins(0, edge, 0, edge)
        return holder(line)

    def _handout(self, handout: Handout, pack: Pack) -> None:
        _ = self._
        copies = _.plural("{count} copia", "{count} copias", self._copies(handout))
        words = f"{copies}, {copies_words(_, handout.per)}"
        self._inside.addWidget(Label(words, "strong", wrap=True))
        self._inside.addLayout(row(self._ctx, self._print_button(handout), None))
        self._title(_("Sesión"))
        session = pack.session(handout.session)
        self._inside.addWidget(Label(session.title, wrap=True))
        self._link(_("Abrir la sesión"), session)
        self._themes(session.themes, pack)

    def _method(self, method: Method) -> None:
        _ = self._
        facts = (
            (_("Familia"), family_words(_, method.family)),
            (_("Minutos"), span_words(_, *method.minutes)),
            (_("Personas"), span_words(_, *method.group)),
        )
        self._inside.addWidget(KeyValues(self._ctx, facts))
        self._title(_("Materiales"))
        for name in needed_materials(method) or (_("No hace falta ninguno."),):
            self._inside.addWidget(Label(name, wrap=True))
        if method.cautions:
            self._title(_("Qué cuidar"))
            for caution in method.cautions:
                self._inside.addWidget(Well(self._ctx, caution, "attention"))

    def _lesson(self, lesson: Lesson, pack: Pack) -> None:
        _ = self._
        self._say(_("Para que la lea cada participante, en pantalla o en papel."))
        alone = Button(
            self._ctx,
            _("Pantalla completa"),
            icon="presentation",
            small=True,
            tip="F11",
            on_click=self.alone_asked.emit,
        )
        self._inside.addLayout(row(self._ctx, alone, None))
        count = _.plural("{count} pregunta", "{count} preguntas", len(lesson.questions))
        facts = ((_("Minutos"), _.number(lesson.minutes)), (_("Al final"), count))
        self._inside.addWidget(KeyValues(self._ctx, facts))
        if lesson.session:
            session = pack.session(lesson.session)
            self._title(_("Continúa la sesión"))
            self._inside.addWidget(Label(session.title, wrap=True))
            self._link(_("Abrir la sesión"), session)
            self._themes(session.themes, pack)

    def _module(self, module: Module, pack: Pack) -> None:
        _ = self._
        written = sum(session.complete for session in module.sessions)
        facts = (
            (_("Horas"), _.hours(module.minutes)),
            (_("Sesiones"), _.number(len(module.sessions))),
            (_("Con guía"), _.number(written)),
        )
        self._inside.addWidget(KeyValues(self._ctx, facts))
        if module.complement:
            course = pack.complement(module.complement)
            self._title(_("Complemento"))
            self._inside.addWidget(Label(course.title, wrap=True))
            self._link(_("Abrir el complemento"), course)

    def _themes(self, themes: Sequence[str], pack: Pack) -> None:
        if not themes:
            return
        _ = self._
        self._title(_("Temas"))
        buttons = []
        for theme in themes:
            name = pack.theme(theme)
            button = TagButton(
                self._ctx,
                name,
                name=_("Ver todo sobre «{theme}»", theme=name),
                tip=_("Ver todo sobre «{theme}»", theme=name),
                on_click=partial(self.theme_asked.emit, theme),
            )
            buttons.append(button)
        self._inside.addWidget(holder(flow(self._ctx, *buttons, gap=4)))

    # -- pieces ----------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        self._inside.addWidget(Label(text, "muted", wrap=True))

    def _title(self, text: str) -> None:
        label = Label(text, "card-title", wrap=True)
        label.setContentsMargins(0, self._ctx.theme.px(8), 0, 0)
        self._inside.addWidget(label)

    def _link(self, words: str, to: Titled) -> None:
        name = f"{words}: {to.title}"
        button = LinkButton(self._ctx, words, name=name, on_click=partial(self.asked.emit, to.code))
        self._inside.addLayout(row(self._ctx, button, None))

    def _print_button(self, handout: Handout) -> Button:
        return Button(
            self._ctx,
            self._("Imprimir"),
            icon="printer",
            small=True,
            name=self._("Imprimir la hoja «{title}»", title=handout.title),
            on_click=partial(self.print_handout, handout),
        )

    def _copies(self, handout: Handout) -> int:
        pack = self._pack
        assert pack is not None  # a handout is shown once its pack is
        session = pack.session(handout.session)
        return handout_copies(session, handout, self.people_count()).count


def can_be_favourite(shown: object) -> bool:
    """Whether a star is offered: for what one comes back to, not for what only leads to it."""
    return isinstance(shown, Session | Handout | Method | Lesson | Chapter)


def material_line(ctx: UiContext, count: str, name: str, how: str = "") -> QWidget:
    """A material with its count at the left, right-aligned, and how the count came about."""
    figure = Label(count, "strong")
    figure.setAlignment(Qt.AlignmentFlag.AlignRight)
    figure.setMinimumWidth(ctx.theme.px(24))
    words = column(ctx, Label(name, wrap=True), gap=0)
    if how:
        words.addWidget(Label(how, "small", wrap=True))
    line = QHBoxLayout()
    line.setSpacing(ctx.theme.px(10))
    line.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(words, 1)
    edge = ctx.theme.px(6)
    line.setContentsMargins(0, edge, 0, edge)
    return holder(line)
