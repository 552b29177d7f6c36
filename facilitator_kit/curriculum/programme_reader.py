"""A programme's TOML: its routes and levels, and the rule that says who has had the whole offer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from facilitator_kit.curriculum.pack_rules import PackDraft, duplicate_code
from facilitator_kit.curriculum.pack_text import Terms, filled_toml
from facilitator_kit.curriculum.records import (
    Anchor,
    Deadline,
    GraduationRule,
    Level,
    Programme,
    ProgrammeKind,
    Route,
    SurveyRequirement,
    TrainingRequirement,
    Wave,
)
from facilitator_kit.curriculum.session_reader import Sourced
from facilitator_kit.curriculum.toml_source import Findings, TomlTable
from facilitator_kit.i18n import message

LEVELS = ("basic", "advanced", "single")

_LONGEST_DEADLINE = 3660


def read_programme(
    text: str, file: str, findings: Findings, terms: Terms, draft: PackDraft
) -> None:
    """Add the programme of a file, and its levels, to the draft; report what is wrong with it."""
    table = filled_toml(text, file, findings, terms)
    if table is None:
        return
    code = table.code()
    levels: list[Sourced[Level]] = []
    routes = tuple(_route(one, levels) for one in table.tables("routes"))
    _check_unique(routes)
    rule_table = table.table("rule")
    programme = Programme(
        code,
        table.text("title"),
        table.choice("kind", ProgrammeKind, ProgrammeKind.COURSE),
        table.text("layout"),
        table.text("summary"),
        tuple(route.record for route in routes),
        _rule(rule_table) if rule_table is not None else _NO_RULE,
    )
    table.finish()
    if code:
        draft.programmes.append(Sourced(programme, table))
        draft.levels.extend(levels)


_NO_RULE = GraduationRule("", 0, "", 0, 0, (), ())


def _route(table: TomlTable, levels: list[Sourced[Level]]) -> Sourced[Route]:
    common_text = table.text("certificate_text", default="")
    found: list[Sourced[Level]] = []
    for one in table.tables("levels"):
        level = Level(
            one.word("code", LEVELS),
            one.text("title"),
            one.text("certificate_text", default=common_text or None),
            one.texts("modules", filled=True),
            one.integer("hours", least=1),
        )
        one.finish()
        found.append(Sourced(level, one))
    _check_unique(found)
    levels.extend(found)
    route = Route(
        table.code(),
        table.text("title"),
        table.text("summary"),
        tuple(level.record for level in found),
    )
    table.finish()
    return Sourced(route, table)


def _check_unique(items: Iterable[Sourced[Route]] | Iterable[Sourced[Level]]) -> None:
    seen: set[str] = set()
    for item in items:
        code = item.record.code
        if code and code in seen:
            item.table.add("code", "duplicate_code", *duplicate_code(code))
        seen.add(code)


def _rule(table: TomlTable) -> GraduationRule:
    percent = _percent(table, "module_percent", least=1)
    surveys = tuple(_survey(one) for one in table.tables("surveys", required=False))
    contact_tables = table.tables("contacts", required=False)
    contacts = tuple(_contact(one) for one in contact_tables)
    for (one, other), place in zip(pairwise(contacts), contact_tables[1:], strict=True):
        if one.anchor == other.anchor and other.days < one.days:
            place.add(
                "days",
                "deadlines_not_ascending",
                message("Este plazo vence antes que el anterior."),
                message("Ordene los contactos por su plazo, del primero al último."),
            )
    rule = GraduationRule(
        table.text("code"),
        table.integer("version", least=1),
        table.text("title"),
        percent,
        table.integer("late_minutes"),
        surveys,
        contacts,
        _training(table.table("training", required=False)),
    )
    table.finish()
    return rule


def _training(table: TomlTable | None) -> TrainingRequirement | None:
    if table is None:
        return None
    deadline = table.table("deadline")
    asked = TrainingRequirement(
        _percent(table, "quiz_percent"),
        table.truth("practice"),
        table.integer("observations"),
        _deadline(deadline) if deadline is not None else Deadline(Anchor.END, 0),
    )
    if deadline is not None:
        deadline.finish()
    table.finish()
    return asked


def _percent(table: TomlTable, key: str, least: int = 0) -> int:
    percent = table.integer(key, least=least)
    if percent > 100:
        table.add(
            key,
            "out_of_range",
            message("«{key}» no puede ser {value}.", key=key, value=percent),
            message("Escriba un número del {least} al 100.", least=least),
        )
    return percent


def _survey(table: TomlTable) -> SurveyRequirement:
    survey = SurveyRequirement(table.choice("wave", Wave, Wave.ENTRY), _deadline(table))
    table.finish()
    return survey


def _contact(table: TomlTable) -> Deadline:
    deadline = _deadline(table)
    table.finish()
    return deadline


def _deadline(table: TomlTable) -> Deadline:
    days = table.integer("days", least=-_LONGEST_DEADLINE)
    if days > _LONGEST_DEADLINE:
        table.add(
            "days",
            "out_of_range",
            message("«{key}» no puede ser {value}.", key="days", value=days),
            message("Escriba hasta {most} días.", most=_LONGEST_DEADLINE),
        )
    return Deadline(table.choice("anchor", Anchor, Anchor.END), days)
