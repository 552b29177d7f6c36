"""«Para preparar»: materials counted for so many people, handouts to print, the complement."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from facilitator_kit.curriculum import group_sizes, material_quantities
from facilitator_kit.curriculum.copies import handout_copies
from facilitator_kit.curriculum.records import Handout, Pack, Session
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_words import (
    copies_words,
    minutes_words,
    session_state,
)
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Label,
    LinkButton,
    NumberField,
    Pill,
    Rows,
    Scroll,
    clear,
    column,
    holder,
    row,
)

MOST_PEOPLE = 99


class PreparePanel(Card):
    """What to have ready for a session. `handout_asked` carries the code of one to be read."""

    handout_asked = Signal(str)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, ctx._("Para preparar"), parent=parent)
        self._ctx = ctx
        self._ = ctx._
        self._pack: Pack | None = None
        self._session: Session | None = None
        self.people = NumberField(
            ctx,
            self._("Personas"),
            value=20,
            low=1,
            high=MOST_PEOPLE,
            width=84,
            on_commit=self._count,
        )
        self._inside = column(ctx, gap=10)
        inner = column(ctx, gap=0)
        inner.addLayout(self._inside)
        inner.addStretch(1)
        self._fewer = Button(ctx, "−", name=self._("Una persona menos"), on_click=self._less)
        self._more = Button(ctx, "+", name=self._("Una persona más"), on_click=self._add)
        steps = row(ctx, self._fewer, self._more, gap=4)
        self._asking = holder(row(ctx, self.people, holder(column(ctx, None, steps)), None))
        self.add(self._asking)
        self.add(Scroll(inner), 1)

    def show_session(self, pack: Pack, session: Session | None) -> None:
        """Show what this session needs; None shows that nothing is chosen."""
        self._pack, self._session = pack, session
        self._draw()

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

    # -- inside ----------------------------------------------------------------------------------

    def _less(self) -> None:
        self._set_people(self.people_count() - 1)

    def _add(self) -> None:
        self._set_people(self.people_count() + 1)

    def _set_people(self, count: int) -> None:
        self.people.set_value(Decimal(min(max(count, 1), MOST_PEOPLE)))
        self._draw()

    def _count(self, _value: Decimal | None) -> None:
        self._draw()

    def _draw(self) -> None:
        clear(self._inside)
        session, pack, _ = self._session, self._pack, self._
        self._asking.setVisible(session is not None and session.complete)
        if session is None or pack is None:
            self._say(_("Elija una sesión para ver qué llevar, qué imprimir y para cuántas."))
            return
        if not session.complete:
            self._inside.addWidget(Pill(*session_state(_, session)))
            self._say(_("Sus materiales y hojas llegarán cuando la sesión esté escrita."))
            return
        groups = group_sizes(self.people_count(), session.group_of)
        words = _.plural("{count} grupo", "{count} grupos", len(groups))
        sizes = " · ".join(_.number(size) for size in groups)
        self._inside.addWidget(Label(f"{words}: {sizes}", "muted", wrap=True))
        self._materials(session)
        self._handouts(session, pack)
        if session.complement is not None:
            extra = session.complement
            self._title(_("Complemento"))
            title = f"«{extra.title}» · {minutes_words(_, extra.minutes)}"
            self._inside.addWidget(Label(title, "strong", wrap=True))
            self._say(extra.what)

    def _say(self, text: str) -> None:
        self._inside.addWidget(Label(text, "muted", wrap=True))

    def _title(self, text: str) -> None:
        label = Label(text, "card-title", wrap=True)
        label.setContentsMargins(0, self._ctx.theme.px(8), 0, 0)
        self._inside.addWidget(label)

    def _materials(self, session: Session) -> None:
        needs = material_quantities(session, self.people_count())
        self._title(self._("Materiales"))
        if not needs:
            self._say(self._("No hace falta ninguno."))
            return
        lines = [
            material_line(self._ctx, self._.number(need.count), need.name, self._.render(need.how))
            for need in needs
        ]
        self._inside.addWidget(Rows(lines))

    def _handouts(self, session: Session, pack: Pack) -> None:
        if not session.handouts:
            return
        self._title(self._("Hojas de trabajo"))
        found = [pack.handout(code) for code in session.handouts]
        self._inside.addWidget(Rows([self._handout_line(handout) for handout in found]))

    def _handout_line(self, handout: Handout) -> QWidget:
        _ = self._
        title = LinkButton(
            self._ctx,
            _("Ver"),
            name=_("Ver la hoja «{title}»", title=handout.title),
            on_click=partial(self.handout_asked.emit, handout.code),
        )
        paper = Button(
            self._ctx,
            _("Imprimir"),
            icon="printer",
            small=True,
            name=_("Imprimir la hoja «{title}»", title=handout.title),
            on_click=partial(self.print_handout, handout),
        )
        copies = _.plural("{count} copia", "{count} copias", self._copies(handout))
        words = f"{handout.code} · {copies}, {copies_words(_, handout.per)}"
        line = column(
            self._ctx,
            Label(handout.title, "strong", wrap=True),
            Label(words, "small", wrap=True),
            row(self._ctx, paper, title, None),
            gap=4,
        )
        edge = self._ctx.theme.px(8)
        line.setContentsMargins(0, edge, 0, edge)
        return holder(line)

    def _copies(self, handout: Handout) -> int:
        assert self._session is not None  # a handout is shown under its session
        return handout_copies(self._session, handout, self.people_count()).count


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
