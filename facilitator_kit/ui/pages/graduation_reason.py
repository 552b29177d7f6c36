"""Explains one candidate: state, evidence line by line, rule, decision, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.records import Module
from facilitator_kit.monitoring.eligibility import (
    EligibilityState,
    Line,
    LineKind,
    RecoveryNeed,
    Standing,
)
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.records import DecisionKind
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.graduation_scope import Chosen
from facilitator_kit.ui.pages.graduation_words import (
    DECISIONS,
    Situation,
    first_up,
    situation,
    situation_tone,
    state_text,
    wave_text,
)
from facilitator_kit.ui.pages.training_words import (
    OF_TRAINING,
    is_of_training,
    module_of,
    training_evidence,
)
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    EvidenceLine,
    FlowLayout,
    KeyValues,
    Label,
    Pill,
    Rows,
    Well,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.views import Candidate, Reasons

TRAINING: Final = "training"
"""Where what a training lacks is shown: its own page, not a tab of Cohortes."""

_ICONS: dict[EligibilityState, tuple[str, Tone]] = {
    EligibilityState.FULFILLED: ("circle-check", "good"),
    EligibilityState.CAN_FULFIL: ("circle-alert", "attention"),
    EligibilityState.CANNOT: ("circle-x", "bad"),
}


class ReasonPanel(Card):
    """The right side of the list.

    `decided` carries a `DecisionKind` for those shown; `asked` the name of a place where what
    lacks can be mended: "followup", "attendance", "calendar"; `certificate` and `register` carry
    a folio.
    """

    decided = Signal(object)
    asked = Signal(str)
    certificate = Signal(str)
    register = Signal(str)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, " ", " ", parent=parent)
        self._ctx = ctx
        self._ = ctx._
        self._shown: QWidget | None = None
        self.show_nobody()

    def show_nobody(self) -> None:
        """Nothing is selected."""
        self._begin(self._("Nadie elegida"), "")
        self._put(
            Label(
                self._(
                    "Elija a una participante para ver qué cumple, qué le falta y hasta cuándo."
                ),
                "muted",
                wrap=True,
            )
        )
        self._end()

    def show_many(self, chosen: Chosen) -> None:
        """Several are selected: what can be decided for all of them at once."""
        _ = self._
        count = len(chosen.people)
        self._begin(
            _.plural("{count} participante elegida", "{count} participantes elegidas", count),
            _("Una decisión, con un solo motivo, para todas."),
        )
        ready, many = _.number(chosen.fulfilled), _.number(count)
        self._put(Label(_("{ready} de {all} cumplen todo.", ready=ready, all=many)))
        if chosen.free:
            self._put(self._flow(self._decisions(chosen)))
        else:
            self._put(Label(_("Todas tienen folio vigente."), "muted", wrap=True))
        self._end()

    def show_one(self, candidate: Candidate, reasons: Reasons) -> None:
        """One woman, whole."""
        _ = self._
        self._begin(
            roll_name(candidate.participant),
            f"{candidate.participant.code} · {candidate.centre.name} · {candidate.cohort.name}",
        )
        self._put(
            holder(row(self._ctx, Pill(state_text(candidate, _), situation_tone(candidate)), None))
        )
        if candidate.evidence_changed:
            self._put(
                Well(
                    self._ctx,
                    _("La evidencia cambió después de la decisión: revísela."),
                    "attention",
                    icon="triangle-alert",
                )
            )
        titles = {module.code: module for module in reasons.modules}
        needs = {need.module: need for need in reasons.needs}
        done: list[QWidget] = []
        open_: list[QWidget] = []
        for line in candidate.eligibility.lines:
            fulfilled = line.state is EligibilityState.FULFILLED
            module = titles.get(module_of(line))
            shown = self._evidence(line, module, needs.get(line.code))
            (done if fulfilled else open_).append(shown)
        # What lacks, and what can be done about it, stand where no scrolling is needed.
        if open_:
            self._put(Rows(open_))
        if candidate.decision is not None:
            self._put(self._decision(candidate))
        self._put(self._actions(candidate))
        if done:
            self._put(Rows(done))
        self._put(
            Label(
                _(
                    "Regla «{rule}» versión {version}: {title}.",
                    rule=candidate.eligibility.rule,
                    version=candidate.eligibility.rule_version,
                    title=reasons.rule.title,
                ),
                "muted",
                wrap=True,
            )
        )
        self._end()

    # -- evidence ------------------------------------------------------------------------------

    def _evidence(
        self, line: Line, module: Module | None, need: RecoveryNeed | None
    ) -> EvidenceLine:
        icon, tone = _ICONS[line.state]
        fulfilled = line.state is EligibilityState.FULFILLED
        if line.kind is LineKind.MODULE and module is not None:
            title, detail = self._of_module(line, module, need)
        elif line.kind is LineKind.SURVEY:
            title, detail = self._of_survey(line)
        elif line.kind in OF_TRAINING:
            name = module.title if module is not None else module_of(line)
            title, detail = training_evidence(line, self._, name)
        else:
            title, detail = self._of_contacts(line)
        return EvidenceLine(self._ctx, icon, title, detail, tone=tone, strong=not fulfilled)

    def _of_module(self, line: Line, module: Module, need: RecoveryNeed | None) -> tuple[str, str]:
        _ = self._
        rolls = sum(item.standing is Standing.COUNTED for item in line.sessions)
        parts = [
            _("{have} de {whole}", have=_.hours(line.have), whole=_.hours(module.minutes)),
            _.plural("{count} lista", "{count} listas", rolls),
        ]
        if line.state is EligibilityState.FULFILLED:
            return module.title, " · ".join(parts)
        parts[0] = _(
            "{have} de {whole} (pide {required})",
            have=_.hours(line.have),
            whole=_.hours(module.minutes),
            required=_.hours(line.required),
        )
        parts += self._still_there(line)
        if need is not None:
            parts += self._recovery(need, module)
        if line.missing <= 60:
            title = _("{module}: falta {hours}", module=module.title, hours=_.hours(line.missing))
        else:
            title = _("{module}: faltan {hours}", module=module.title, hours=_.hours(line.missing))
        return title, " · ".join(parts)

    def _still_there(self, line: Line) -> list[str]:
        """Sessions still to come, and rolls of past ones that are not typed."""
        _ = self._
        parts = []
        still = [item.on for item in line.sessions if item.standing is Standing.OPEN]
        if still:
            today = self._ctx.clock.today()
            days = ", ".join(_.date_near(day, today) for day in still[:3])
            parts.append(
                _.plural(
                    "queda {count} fecha: {days}",
                    "quedan {count} fechas: {days}",
                    len(still),
                    days=days + ("…" if len(still) > 3 else ""),
                )
            )
        pending = sum(item.standing is Standing.PENDING for item in line.sessions)
        if pending:
            parts.append(
                _.plural("{count} lista sin capturar", "{count} listas sin capturar", pending)
            )
        return parts

    def _recovery(self, need: RecoveryNeed, module: Module) -> list[str]:
        """Which sessions a recovery should be held of."""
        if not need.suggested:
            return []
        number = {session.code: n for n, session in enumerate(module.sessions, start=1)}
        names = ", ".join(str(number[code]) for code in need.suggested)
        return [
            self._.plural(
                "se recupera con la sesión {names}",
                "se recupera con las sesiones {names}",
                len(need.suggested),
                names=names,
            )
        ]

    def _of_survey(self, line: Line) -> tuple[str, str]:
        _ = self._
        name = wave_text(line, _)
        deadline = _.date_long(line.deadline) if line.deadline is not None else ""
        if line.state is EligibilityState.FULFILLED:
            return first_up(name), _("Contestada el {date}", date=_.date_long(line.responses[0].on))
        if line.state is EligibilityState.CAN_FULFIL:
            return _("Falta {survey}", survey=name), _("Hasta el {date}", date=deadline)
        if line.responses:
            return _("{survey}: fuera de plazo", survey=first_up(name)), _(
                "Contestada el {date}; el plazo era el {deadline}",
                date=_.date_long(line.responses[0].on),
                deadline=deadline,
            )
        return _("{survey}: no se contestó", survey=first_up(name)), _(
            "El plazo era el {deadline}", deadline=deadline
        )

    def _of_contacts(self, line: Line) -> tuple[str, str]:
        _ = self._
        made = _("{have} de {required}", have=line.have, required=line.required)
        days = ", ".join(
            _.date_short(item.on)
            for item in line.contacts
            if item.on is not None and item.standing is Standing.COUNTED
        )
        made = f"{made}: {days}" if days else made
        if line.state is EligibilityState.FULFILLED:
            return _("Seguimiento individual"), made
        title = _.plural(
            "Seguimiento: falta {count} contacto",
            "Seguimiento: faltan {count} contactos",
            line.missing,
        )
        if line.until is not None:
            until = _("el próximo, hasta el {date}", date=_.date_long(line.until))
            return title, f"{made} · {until}"
        late = [
            item.deadline
            for item in line.contacts
            if item.standing is Standing.OVERDUE and item.deadline is not None
        ]
        if late:
            return title, f"{made} · " + _("el plazo era el {date}", date=_.date_long(min(late)))
        return title, made

    # -- decision and actions ------------------------------------------------------------------

    def _decision(self, candidate: Candidate) -> QWidget:
        _, decision = self._, candidate.decision
        assert decision is not None
        pairs = [
            (_("Decisión"), _.render(DECISIONS[decision.kind])),
            (_("Fecha"), _.date_long(decision.decided_on)),
        ]
        if decision.reason:
            pairs.append((_("Motivo"), decision.reason))
        if candidate.line is not None:
            line = candidate.line
            pairs.append((_("Folio"), line.folio))
            pairs.append(
                (
                    _("Registro"),
                    _("libro {book}, foja {leaf}", book=line.book, leaf=line.leaf),
                )
            )
        return KeyValues(self._ctx, pairs)

    def _actions(self, candidate: Candidate) -> QWidget:
        _, ctx = self._, self._ctx
        found = situation(candidate)
        buttons: list[Button] = []
        if candidate.line is not None:
            folio = candidate.line.folio
            buttons.append(
                Button(
                    ctx,
                    _("Ver certificado"),
                    icon="award",
                    on_click=lambda: self.certificate.emit(folio),
                )
            )
            buttons.append(
                Button(
                    ctx,
                    _("Ver en el registro"),
                    icon="library",
                    on_click=lambda: self.register.emit(folio),
                )
            )
            return self._flow(buttons)
        if found in (Situation.CAN, Situation.CANNOT):
            buttons += self._mending(candidate)
        buttons += self._decisions(Chosen.of((candidate,)))
        return self._flow(buttons)

    def _mending(self, candidate: Candidate) -> list[Button]:
        """Buttons that lead to where what lacks can be mended."""
        _, ctx = self._, self._ctx
        lacking = {
            line.kind
            for line in candidate.eligibility.lines
            if line.state is EligibilityState.CAN_FULFIL
            or (line.kind is LineKind.MODULE and line.state is EligibilityState.CANNOT)
        }
        buttons = []
        if any(is_of_training(line) for line in candidate.eligibility.lines):
            lacking -= {LineKind.SURVEY}  # the self-assessment is answered there too
            buttons.append(
                Button(
                    ctx,
                    _("Abrir su formación"),
                    icon="school",
                    on_click=lambda: self.asked.emit(TRAINING),
                )
            )
        if LineKind.CONTACTS in lacking:
            buttons.append(
                Button(
                    ctx,
                    _("Agendar contacto"),
                    icon="phone",
                    on_click=lambda: self.asked.emit("followup"),
                )
            )
        if LineKind.SURVEY in lacking:
            buttons.append(
                Button(
                    ctx,
                    _("Capturar encuesta"),
                    icon="clipboard-list",
                    on_click=lambda: self.asked.emit("followup"),
                )
            )
        if LineKind.MODULE in lacking:
            buttons.append(
                Button(
                    ctx,
                    _("Programar recuperación"),
                    icon="calendar-plus",
                    on_click=lambda: self.asked.emit("calendar"),
                )
            )
        return buttons

    def _decisions(self, chosen: Chosen) -> list[Button]:
        """The decisions that can be taken on these, each with how many it is about."""
        _, ctx = self._, self._ctx
        offered = (
            (DecisionKind.GRADUATES, _("Graduar"), "graduation-cap"),
            (DecisionKind.EXCEPTION, _("Excepción…"), "scale"),
            (DecisionKind.REFUSED, _("No graduar…"), "ban"),
        )
        buttons = []
        for kind, words, icon in offered:
            about = len(chosen.suiting[kind])
            if about:
                shown = words if chosen.free == 1 else f"{words} ({_.number(about)})"
                buttons.append(
                    Button(ctx, shown, icon=icon, on_click=partial(self.decided.emit, kind))
                )
        return buttons

    def _flow(self, buttons: Sequence[Button]) -> QWidget:
        flow = holder(FlowLayout(self._ctx, gap=8))
        inner = flow.layout()
        assert inner is not None
        for button in buttons:
            inner.addWidget(button)
        return flow

    # -- inside --------------------------------------------------------------------------------

    def _begin(self, title: str, subtitle: str) -> None:
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self.set_title(title, subtitle)
        self._lines = column(self._ctx, gap=12)

    def _put(self, widget: QWidget) -> None:
        self._lines.addWidget(widget)

    def _end(self) -> None:
        """Show what was put together, at once: piece by piece each would be styled on its own."""
        self._lines.addStretch(1)
        self._shown = holder(self._lines)
        self.add(self._shown, 1)
