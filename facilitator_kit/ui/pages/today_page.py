"""Hoy: the next session, what asks for a decision, the week and the last backup."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page
from facilitator_kit.ui.pages.today_words import Matter, attention_words, matters
from facilitator_kit.ui.pdf_view import show_long_pdf, show_pdf
from facilitator_kit.ui.widgets import (
    ActionRow,
    Button,
    Card,
    EmptyState,
    IconLabel,
    Label,
    PageBody,
    Pill,
    PrimaryButton,
    ProgressRow,
    Rows,
    Scroll,
    SplitView,
    column,
    filled_anew,
    flow,
    row,
)
from facilitator_kit.workspace.courses import file_code
from facilitator_kit.workspace.views import CohortView, SessionView, TodayView

_WEEK_LINES = 6


class TodayPage(Page):
    """The opening page: it reads one `TodayView` and shows it."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._view: TodayView | None = None
        self._first: QWidget | None = None
        self._asked_focus = False
        self._next, self._attention = column(ctx, gap=16), column(ctx, gap=16)
        self._side = column(ctx, gap=16)
        whole = column(ctx, self._next, self._attention, gap=16)
        whole.setStretch(1, 1)
        main = QWidget()
        main.setLayout(whole)
        # Large text makes it higher than the window: it scrolls, its lines are never squeezed.
        side = Scroll(self._side)
        side.setMinimumWidth(ctx.theme.px(270))
        body = PageBody(ctx, self)
        body.addWidget(SplitView(ctx, main, side, side_width=340, main_width=560))

    # -- the header ------------------------------------------------------------------------------

    def title(self) -> str:
        return self._("Hoy, {day}", day=self._.weekday_date(self.ctx.clock.today()))

    def refresh(self) -> None:
        self.ctx.jobs.run(self.ctx.workspace.today.view, self._show, owner=self)

    def first_focus(self) -> QWidget | None:
        # What is there now is read anew on arrival: the keyboard goes to the button that comes.
        self._asked_focus = True
        return self._first

    # -- what is shown ---------------------------------------------------------------------------

    def _show(self, view: TodayView) -> None:
        self._view = view
        # PySide's stubs promise a widget; Qt answers None where nothing has the keyboard.
        focus = cast("QWidget | None", self.window().focusWidget())
        held = focus is not None and self.isAncestorOf(focus)
        self._first = None
        with filled_anew(self._next) as inside:
            if view.next_session is not None:
                inside.addWidget(self._next_card(view.next_session, view))
            else:
                inside.addWidget(self._nothing_planned())
        self._give_focus(held=held)
        self.header_changed.emit()
        self.ctx.jobs.later(partial(self._show_attention, view), owner=self)
        self.ctx.jobs.later(partial(self._show_beside, view), owner=self)

    def _show_attention(self, view: TodayView) -> None:
        if view is self._view:
            with filled_anew(self._attention) as inside:
                inside.addWidget(self._attention_card(view), 1)

    def _show_beside(self, view: TodayView) -> None:
        if view is not self._view:
            return
        with filled_anew(self._side) as side:
            if view.running is not None:
                side.addWidget(self._running_card(view.running, view.attendance_percent))
            side.addWidget(self._week_card(view))
            side.addWidget(self._backup_card(view))
            side.addStretch(1)

    def _give_focus(self, *, held: bool) -> None:
        """To the main action where the page has just been opened, or what had it is gone."""
        if self._first is not None and (held or self._asked_focus):
            # It is shown only when control returns to Qt; hidden, it could not take the keyboard.
            QTimer.singleShot(0, self._first, self._first.setFocus)
        self._asked_focus = False

    def _next_card(self, session: SessionView, view: TodayView) -> Card:
        _, ctx = self._, self.ctx
        scheduled = session.scheduled
        times = f"{_.clock_time(scheduled.starts_at)}–{_.clock_time(session.ends_at)}"
        when = Pill(f"{self._day_words(session)} · {times}", "primary")
        place = " · ".join(
            part
            for part in (
                scheduled.room,
                _.plural(
                    "{count} participante esperada",
                    "{count} participantes esperadas",
                    session.expected,
                )
                if session.expected
                else _("Todavía sin participantes"),
            )
            if part
        )
        materials = view.next_agenda.materials if view.next_agenda is not None else ()
        bring = Pill(
            _.plural(
                "{count} material por llevar", "{count} materiales por llevar", len(materials)
            ),
            "note",
        )
        if not materials:
            bring.hide()
        card = Card(ctx)
        head = row(ctx, when, Label(place, "muted", elide=True), bring)
        head.setStretch(1, 1)
        card.add(head)
        title = _("Sesión {number} · {title}", number=scheduled.number, title=session.session.title)
        card.add(Label(title, "page-title", wrap=True))
        card.add(
            Label(
                f"{session.module.title} · {session.cohort.name} · {session.centre.name}",
                "muted",
                wrap=True,
            )
        )
        guide = PrimaryButton(
            ctx,
            _("Abrir la sesión"),
            icon="presentation",
            on_click=partial(self._open_session, session),
        )
        self._first = guide
        papers = Button(
            ctx,
            _("Imprimir agenda"),
            icon="printer",
            on_click=partial(self._print_agenda, session),
        )
        roll = Button(
            ctx,
            _("Imprimir lista"),
            icon="list-checks",
            on_click=partial(self._print_roll, session),
        )
        enrol = Button(
            ctx,
            _("Inscribir participantes"),
            icon="user-plus",
            on_click=partial(ctx.navigate, "cohortes", cohort=session.cohort.id, tab="people"),
        )
        buttons = [guide, papers, roll if session.expected else enrol]
        if session.session.handouts:
            sheets = Button(
                ctx,
                _("Imprimir hojas"),
                icon="copy",
                on_click=partial(self._print_handouts, session),
                tip=_("Las hojas de trabajo, tantas copias como hacen falta"),
            )
            buttons.append(sheets)
        card.add(flow(ctx, *buttons))
        return card

    def _nothing_planned(self) -> Card:
        card = Card(self.ctx)
        button = PrimaryButton(
            self.ctx,
            self._("Ir a Cohortes"),
            icon="users",
            on_click=partial(self.ctx.navigate, "cohortes"),
        )
        self._first = button
        card.add(
            EmptyState(
                self.ctx,
                "calendar-plus",
                self._("No hay ninguna sesión por venir"),
                self._("Abra una cohorte: su calendario se hace solo, con los días que elija."),
                action=button,
            )
        )
        return card

    def _attention_card(self, view: TodayView) -> Card:
        _ = self._
        found = matters(view.attention)
        count = len(found)
        card = Card(
            self.ctx,
            _("Requiere su atención"),
            _.plural(
                "{count} asunto, el más urgente primero",
                "{count} asuntos, el más urgente primero",
                count,
            )
            if count
            else "",
        )
        if count:
            generations = {g.id: g.name for g in self.ctx.workspace.courses.generations()}
            rows = Rows([self._attention_row(item, generations) for item in found])
            card.add(Scroll(column(self.ctx, rows, None, gap=0)), 1)
        else:
            card.add(
                EmptyState(
                    self.ctx,
                    "circle-check",
                    _("Todo está al día"),
                    _("Cuando falte una lista, un contacto o una encuesta, aparecerá aquí."),
                )
            )
            card.add_stretch()
        return card

    def _attention_row(self, item: Matter, generations: Mapping[str, str]) -> QWidget:
        place = item.place(generations, self._)
        words = attention_words(item, self._)
        button = Button(
            self.ctx,
            words.action,
            small=True,
            on_click=partial(self._attend, item),
            name=f"{words.action}: {words.strong} {words.text} {place}",
        )
        return ActionRow(
            self.ctx,
            words.text,
            pill=words.pill,
            tone=words.tone,
            strong=words.strong,
            detail=place,
            action=button,
        )

    def _running_card(self, cohort: CohortView, percent: int | None) -> Card:
        _ = self._
        card = Card(self.ctx, f"{cohort.generation.name} · {cohort.cohort.name}")
        card.add(
            row(
                self.ctx,
                Label(_.number(cohort.people), "figure"),
                Label(_("participantes activas"), "muted"),
                None,
            )
        )
        card.add(
            ProgressRow(
                self.ctx,
                _("Avance del programa"),
                _("{done} de {all} sesiones", done=cohort.sessions_held, all=cohort.sessions),
                cohort.sessions_held,
                max(cohort.sessions, 1),
            )
        )
        if percent is not None:
            card.add(
                ProgressRow(
                    self.ctx, _("Asistencia"), _.percent(percent), percent, 100, tone="good"
                )
            )
        return card

    def _week_card(self, view: TodayView) -> Card:
        _ = self._
        card = Card(self.ctx, _("Próximos siete días"))
        if not view.week:
            card.add(Label(_("Sin sesiones."), "muted"))
            return card
        rows = []
        for session in view.week[:_WEEK_LINES]:
            day = Label(_.weekday_short(session.scheduled.on), "strong")
            day.setMinimumWidth(self.ctx.theme.px(48))
            title = Label(session.session.title, elide=True)
            at = Label(_.clock_time(session.scheduled.starts_at), "muted")
            line = QWidget()
            layout = row(self.ctx, day, title, at, gap=10)
            layout.setStretch(1, 1)
            layout.setContentsMargins(0, self.ctx.theme.px(7), 0, self.ctx.theme.px(7))
            line.setLayout(layout)
            line.setToolTip(f"{session.session.title} · {session.cohort.name}")
            rows.append(line)
        card.add(Rows(rows))
        return card

    def _backup_card(self, view: TodayView) -> Card:
        _ = self._
        card = Card(self.ctx, _("Resguardo"))
        if view.last_backup is None:
            icon = IconLabel(self.ctx, "triangle-alert", "attention")
            words = Label(_("Todavía no hay ninguna copia."), wrap=True)
        else:
            icon = IconLabel(self.ctx, "shield-check", "good")
            words = Label(
                _(
                    "Su última copia se abrió y comprobó el {moment}.",
                    moment=_.moment(view.last_backup),
                ),
                wrap=True,
            )
        line = row(self.ctx, icon, words, gap=12)
        line.setStretch(1, 1)
        card.add(line)
        card.add(
            row(
                self.ctx,
                Button(
                    self.ctx,
                    _("Copias y resguardo"),
                    icon="hard-drive",
                    on_click=partial(self.ctx.navigate, "resguardo"),
                ),
                None,
            )
        )
        return card

    # -- what it does ----------------------------------------------------------------------------

    def _day_words(self, session: SessionView) -> str:
        days = (session.scheduled.on - self.ctx.clock.today()).days
        if days == 0:
            return self._("Hoy")
        if days == 1:
            return self._("Mañana")
        return self._.weekday_date(session.scheduled.on).capitalize()

    def _open_session(self, session: SessionView) -> None:
        self.ctx.navigate("planeador", session=session.scheduled.id)

    def _print_agenda(self, session: SessionView) -> None:
        make = partial(self.ctx.workspace.printing.agenda, session.scheduled.id)
        name = f"agenda-{file_code(session.cohort.name)}-{session.scheduled.on.isoformat()}.pdf"
        show_pdf(self.ctx, self._("Agenda"), make, name, parent=self)

    def _print_handouts(self, session: SessionView) -> None:
        work = self.ctx.workspace.papers.handouts(session.scheduled.id, repeated=True)
        name = f"hojas-{file_code(session.cohort.name)}-{session.scheduled.on.isoformat()}.pdf"
        title = self._("Hojas: {title}", title=session.session.title)
        show_long_pdf(self.ctx, title, work, name, self)

    def _print_roll(self, session: SessionView) -> None:
        make = partial(self.ctx.workspace.printing.roll, (session.scheduled.id,))
        name = f"lista-{file_code(session.cohort.name)}-{session.scheduled.on.isoformat()}.pdf"
        show_pdf(self.ctx, self._("Lista de asistencia"), make, name, parent=self)

    def _attend(self, item: Matter) -> None:
        page, params = attention_words(item, self._).target
        self.ctx.navigate(page, **params)
