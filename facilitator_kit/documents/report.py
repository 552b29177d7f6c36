"""The report of a generation: its figures with their denominators, never a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.charts import Bar, Bars
from facilitator_kit.documents.page import Letterhead, Sheet, build_pdf
from facilitator_kit.documents.styles import markup, paragraph
from facilitator_kit.documents.tables import Panel, bare_table, data_table
from facilitator_kit.documents.words import period_text
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import FigureSource, TargetType

LEAST_FOR_PERCENT: Final = 10
"""Under ten people there are counts and no percentage."""

Status = Literal["partial", "met", "exceeded", "no_target"]


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The counts of a centre, a cohort or the whole; minutes are of all its women together."""

    label: str
    enrolled: int
    trained: int
    graduates: int
    minutes_attended: int
    minutes_delivered: int
    transfers: int = 0

    @property
    def base(self) -> int:
        """Whom completion is counted on: the enrolled without those who went to another cohort."""
        return self.enrolled - self.transfers


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """A row of the results framework as it is printed."""

    indicator: str
    text: str
    baseline: int | None
    target: int | None
    target_type: TargetType
    achieved: int | None
    progress_percent: float | None
    status: Status
    source: FigureSource
    unit: str = ""
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many did not graduate for one reason; None where a small cell is hidden."""

    text: str
    count: int | None


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """A figure that no record gives, kept as reported: by whom, when, with what definition."""

    text: str
    value: int
    definition: str
    source_note: str
    reported_on: date


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Everything the report prints; `notes` are further notes, already in words."""

    generation: str
    starts_on: date
    ends_on: date
    as_of: date
    total: GroupFigures
    by_centre: tuple[GroupFigures, ...]
    by_cohort: tuple[GroupFigures, ...]
    framework: tuple[FrameworkLine, ...] = ()
    reasons: tuple[ReasonCount, ...] = ()
    entered: tuple[EnteredLine, ...] = ()
    notes: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()


def report_pdf(sheet: ReportSheet, head: Letterhead, _: Texts) -> bytes:
    """The report. KitError when a logo cannot be read."""
    return _Report(sheet, Sheet.of(head.paper).inner, _).pdf(head)


def ratio_text(part: int, whole: int, _: Texts) -> str:
    """ "91 de 119 · 76.5 %"; without a percentage on fewer than ten."""
    text = _("{part} de {whole}", part=_.number(part), whole=_.number(whole))
    share = _percent(part, whole, _)
    return f"{text} · {share}" if share else text


def _percent(part: int, whole: int, _: Texts) -> str:
    if whole < LEAST_FOR_PERCENT:
        return ""
    return _.percent(Decimal(100 * part) / whole, 1)


class _Report:
    def __init__(self, sheet: ReportSheet, width: float, _: Texts) -> None:
        self._ = _
        self.sheet = sheet
        self.width = width
        self.look = styles.styles()

    def pdf(self, head: Letterhead) -> bytes:
        _, sheet = self._, self.sheet
        title = _("Informe de resultados")
        about = _(
            "{generation} · {period} · cifras al {date}",
            generation=sheet.generation,
            period=period_text(sheet.starts_on, sheet.ends_on, _),
            date=_.date_long(sheet.as_of),
        )
        story: list[Flowable] = [
            paragraph(title, self.look.title),
            paragraph(about, self.look.subtitle),
            *[paragraph(text, self.look.body) for text in sheet.summary],
            self._headline(),
            *self._groups(_("Por centro"), _("Centro"), sheet.by_centre, chart=True),
            *self._groups(_("Por cohorte"), _("Cohorte"), sheet.by_cohort, chart=False),
            *self._reasons(),
            *self._framework(),
            *self._entered(),
            *self._notes(),
        ]
        return build_pdf(story, head, _, title=title, running=sheet.generation)

    def _section(self, title: str, room: float = 45 * mm) -> list[Flowable]:
        heading = self.look.heading.clone("section", keepWithNext=0)
        return [CondPageBreak(room), paragraph(title, heading)]

    # -- headline --------------------------------------------------------------------------------

    def _headline(self) -> Flowable:
        _, total = self._, self.sheet.total
        delivered, attended = total.minutes_delivered, total.minutes_attended
        figures = [
            (_.number(total.trained), _("formadas"), _("con al menos una sesión asistida")),
            (
                _.number(total.graduates),
                _("graduadas"),
                _("de {base} inscritas, sin traslados", base=_.number(total.base)),
            ),
            (
                _percent(total.graduates, total.base, _) or "–",
                _("conclusión"),
                _("{part} de {whole}", part=_.number(total.graduates), whole=_.number(total.base)),
            ),
            (
                (_.percent(Decimal(100 * attended) / delivered, 1) if delivered else "–"),
                _("asistencia"),
                _(
                    "{attended} de {delivered}",
                    attended=_.hours(attended),
                    delivered=_.hours(delivered),
                ),
            ),
        ]
        big = self.look.title.clone("figure-big", textColor=styles.PRIMARY, spaceAfter=0)
        gap = 3.5 * mm
        each = (self.width - 3 * gap) / 4
        cells: list[Any] = []
        for value, label, base in figures:
            content: list[Flowable] = [
                paragraph(value, big),
                paragraph(label, self.look.strong),
                paragraph(base, self.look.small),
            ]
            cells.append(Panel(content, each, ground=styles.PRIMARY_SOFT))
        return bare_table([cells], [each + gap] * 3 + [each])

    # -- groups ----------------------------------------------------------------------------------

    def _groups(
        self, title: str, label: str, groups: Sequence[GroupFigures], *, chart: bool
    ) -> list[Flowable]:
        _, look = self._, self.look
        if not groups:
            return []
        story = self._section(title)
        if chart:
            bars = [
                Bar(
                    group.label,
                    group.graduates,
                    group.base,
                    ratio_text(group.graduates, group.base, _),
                )
                for group in groups
            ]
            story += [
                paragraph(_("Graduadas de las inscritas"), look.label),
                Spacer(1, 2),
                Bars(bars, self.width),
                Spacer(1, 6),
            ]
        shares = [42.0, 15.5, 16, 17, 37, 52]
        widths = [self.width * share / sum(shares) for share in shares]
        labels = (
            label,
            _("Inscritas"),
            _("Formadas"),
            _("Graduadas"),
            _("Conclusión"),
            _("Asistencia"),
        )
        rows: list[list[Any]] = [
            [
                paragraph(text, look.column if i == 0 else look.column_right)
                for i, text in enumerate(labels)
            ]
        ]
        rows += [self._group_row(group, strong=False) for group in groups]
        last = len(groups)
        extra: list[tuple[Any, ...]] = []
        if len(groups) > 1:
            rows.append(self._group_row(self.sheet.total, strong=True))
            extra.append(("LINEABOVE", (0, last + 1), (-1, last + 1), 0.8, styles.PRIMARY))
        return [*story, data_table(rows, widths, extra=extra)]

    def _group_row(self, group: GroupFigures, *, strong: bool) -> list[Any]:
        _, look = self._, self.look
        figure = look.figure_strong if strong else look.figure
        name = look.cell.clone("total", fontName=fonts.BOLD) if strong else look.cell
        label = _("Total") if strong else group.label
        completion = ratio_text(group.graduates, group.base, _)
        minutes = _(
            "{attended} de {delivered}",
            attended=_.hours(group.minutes_attended),
            delivered=_.hours(group.minutes_delivered),
        )
        if group.minutes_delivered and group.trained >= LEAST_FOR_PERCENT:
            share = Decimal(100 * group.minutes_attended) / group.minutes_delivered
            minutes = f"{minutes} · {_.percent(share, 1)}"
        return [
            paragraph(label, name),
            paragraph(_.number(group.enrolled), figure),
            paragraph(_.number(group.trained), figure),
            paragraph(_.number(group.graduates), figure),
            paragraph(completion, figure),
            paragraph(minutes, figure),
        ]

    def _reasons(self) -> list[Flowable]:
        _, reasons = self._, self.sheet.reasons
        if not reasons:
            return []
        total = self.sheet.total.base - self.sheet.total.graduates
        story = self._section(_("Quienes no se graduaron"))
        story.append(
            paragraph(
                _.plural(
                    "{count} persona inscrita no se graduó. Una misma persona puede estar en "
                    "más de un renglón, así que los renglones pueden sumar más que el total.",
                    "{count} personas inscritas no se graduaron. Una misma persona puede estar en "
                    "más de un renglón, así que los renglones pueden sumar más que el total.",
                    total,
                ),
                self.look.body,
            )
        )
        longest = max([1, *(reason.count or 0 for reason in reasons)])
        hidden = _("entre 1 y 4")
        bars = [
            Bar(
                reason.text,
                reason.count or 0,
                reason.count or 0 if longest else 0,
                hidden if reason.count is None else _.number(reason.count),
            )
            for reason in reasons
        ]
        story.append(Bars(bars, self.width, styles.ATTENTION))
        if any(reason.count is None for reason in reasons):
            story.append(
                paragraph(
                    _("Los conteos de 1 a 4 no se publican, para que nadie pueda ser reconocida."),
                    self.look.small,
                )
            )
        return story

    # -- results framework -----------------------------------------------------------------------

    def _framework(self) -> list[Flowable]:
        _, look, lines = self._, self.look, self.sheet.framework
        if not lines:
            return []
        shares = [62.0, 17, 26, 19, 19, 22, 34]
        widths = [self.width * share / sum(shares) for share in shares]
        labels = (
            _("Indicador"),
            _("Línea base"),
            _("Meta"),
            _("Logro"),
            _("Avance"),
            _("Estado"),
            _("Fuente"),
        )
        rows: list[list[Any]] = [
            [
                paragraph(text, look.column_right if 0 < i < 5 else look.column)
                for i, text in enumerate(labels)
            ]
        ]
        rows += [self._framework_row(line) for line in lines]
        return [
            *self._section(_("Marco de resultados")),
            data_table(rows, widths),
            Spacer(1, 4),
            paragraph(
                _(
                    "Avance = logro / meta. Meta incremental: se suma a la línea base, y el logro "
                    "es también el incremento. Meta acumulada: el total alcanzado a la fecha."
                ),
                look.small,
            ),
        ]

    def _framework_row(self, line: FrameworkLine) -> list[Any]:
        _, look = self._, self.look
        kinds = {
            TargetType.INCREMENTAL: _("incremental"),
            TargetType.CUMULATIVE: _("acumulada"),
        }
        # The indicator's code is for machines; on paper its words stand alone.
        name = f"<b>{markup(line.text or line.indicator, fonts.BOLD)}</b>"
        if line.unit:
            name += f' <font color="#{styles.MUTED.hexval()[2:]}">({markup(line.unit)})</font>'
        target = "–"
        if line.target is not None:
            target = (
                f"{markup(_.number(line.target), fonts.TABULAR)}<br/>"
                f'<font name="{fonts.REGULAR}" size="7.5">{markup(kinds[line.target_type])}</font>'
            )
        percent = (
            "–"
            if line.progress_percent is None
            else _.percent(Decimal(str(line.progress_percent)), 0)
        )
        source = (
            _("Calculada de los registros")
            if line.source is FigureSource.COMPUTED
            else _("Escrita")
        )
        if line.source_note:
            source = f"{source}: {line.source_note}"
        word, colour = self._status(line.status)
        status = f'<font color="#{colour.hexval()[2:]}"><b>{markup(word, fonts.BOLD)}</b></font>'
        return [
            Paragraph(name, look.cell_small.clone("framework-name", fontSize=8.6, leading=11)),
            paragraph(_number_or_dash(line.baseline, _), look.figure),
            Paragraph(target, look.figure),
            paragraph(_number_or_dash(line.achieved, _), look.figure_strong),
            paragraph(percent, look.figure),
            Paragraph(status, look.cell_small),
            paragraph(source, look.cell_small),
        ]

    def _status(self, status: Status) -> tuple[str, Color]:
        _ = self._
        words: dict[Status, tuple[str, Color]] = {
            "partial": (_("Parcial"), styles.ATTENTION),
            "met": (_("Lograda"), styles.GOOD),
            "exceeded": (_("Rebasada"), styles.GOOD),
            "no_target": (_("Sin meta"), styles.MUTED),
        }
        return words[status]

    def _entered(self) -> list[Flowable]:
        _, look = self._, self.look
        if not self.sheet.entered:
            return []
        shares = [56.0, 16, 62, 46]
        widths = [self.width * share / sum(shares) for share in shares]
        rows: list[list[Any]] = [
            [
                paragraph(_("Cifra reportada"), look.column),
                paragraph(_("Valor"), look.column_right),
                paragraph(_("Definición"), look.column),
                paragraph(_("Fuente y fecha"), look.column),
            ]
        ]
        for line in self.sheet.entered:
            source = f"{line.source_note} · {_.date_medium(line.reported_on)}".removeprefix(" · ")
            rows.append(
                [
                    paragraph(line.text, look.cell),
                    paragraph(_.number(line.value), look.figure_strong),
                    paragraph(line.definition or _("sin definición publicada"), look.cell_small),
                    paragraph(source, look.cell_small),
                ]
            )
        return [
            *self._section(_("Cifras reportadas por otras fuentes")),
            paragraph(
                _("Se conservan como se reportaron y no se mezclan con las calculadas."), look.small
            ),
            Spacer(1, 3),
            data_table(rows, widths),
        ]

    def _notes(self) -> list[Flowable]:
        _, look = self._, self.look
        notes = (
            _(
                "Formadas: personas con al menos una sesión asistida; se cuentan personas, "
                "no asistencias."
            ),
            _("Graduadas: personas con un folio vigente en el libro de registro."),
            _(
                "Conclusión: graduadas entre inscritas de la misma generación, sin contar "
                "traslados; quien cambió de cohorte cuenta una sola vez, en la última."
            ),
            _(
                "Asistencia: minutos asistidos entre minutos impartidos mientras cada persona "
                "estaba inscrita, sumados y expresados en horas."
            ),
            _(
                "Los porcentajes se redondean al más cercano y no se publican sobre menos de "
                "{least} personas; pueden no sumar 100.",
                least=LEAST_FOR_PERCENT,
            ),
            *self.sheet.notes,
        )
        return [
            *self._section(_("Notas y definiciones")),
            *[
                paragraph(
                    f"• {note}",
                    look.small.clone(
                        "note", leftIndent=8, bulletIndent=0, firstLineIndent=-8, spaceAfter=2
                    ),
                )
                for note in notes
            ],
        ]


def _number_or_dash(value: int | None, _: Texts) -> str:
    return "–" if value is None else _.number(value)
