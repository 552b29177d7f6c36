"""What Currículo shows to read: a session's guide, a module, a handout or a method, as prose."""

from __future__ import annotations

from collections.abc import Iterable

from facilitator_kit.curriculum.blocks import Block, Heading, ListBlock, Paragraph, Span, Table
from facilitator_kit.curriculum.records import Handout, Method, Module, Pack, Session
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.pages.curriculum_words import (
    copies_words,
    family_words,
    kind_look,
    minutes_words,
    session_state,
    span_words,
)
from facilitator_kit.ui.prose import Flag, Lead, Muted, Part, Step


def session_parts(_: Texts, session: Session, module: Module) -> tuple[Part, ...]:
    """The guide of a session; of one that is only a title, what is known and what is missing."""
    facts = [minutes_words(_, session.minutes)]
    if session.complete:
        facts.append(_("{people} participantes", people=span_words(_, *session.group)))
        facts.append(_("grupos de {count}", count=_.number(session.group_of)))
    parts: list[Part] = [
        Lead(session.title, f"{session.code} · {module.title}"),
        Muted(" · ".join(facts)),
    ]
    if not session.complete:
        parts += _unwritten(_, module)
        return tuple(parts)
    parts.append(_labelled(_("Al terminar, cada participante puede"), _lowered(session.objective)))
    parts.append(_labelled(_("Evidencia:"), session.evidence))
    parts.append(_labelled(_("Mirada de género:"), session.lens))
    if session.competences:
        parts += [_heading(_("Competencias")), _bullets(session.competences)]
    if session.preparation:
        parts += [_heading(_("Antes de empezar")), *_deeper(session.preparation)]
    parts.append(_heading(_("Paso a paso")))
    minute = 0
    for block in session.blocks:
        word, icon, tone = kind_look(_, block.kind)
        when = f"{minute // 60}:{minute % 60:02}"
        over = f"{when} · {word}"
        parts.append(Step(icon, tone, over, block.title, minutes_words(_, block.minutes)))
        parts += _deeper(block.body, by=2)
        minute += block.minutes
    if session.variants:
        parts.append(_heading(_("Si algo cambia")))
        for variant in session.variants:
            parts += [Heading(2, (Span(variant.title),)), *_deeper(variant.body, by=2)]
    if session.care_card:
        parts += [_heading(_("Tarjeta de cuidado")), *_deeper(session.care_card)]
    if session.afterwards:
        parts += [_heading(_("Después")), *_deeper(session.afterwards)]
    if session.references:
        parts += [_heading(_("Referencias")), _bullets(session.references)]
    return tuple(parts)


def _unwritten(_: Texts, module: Module) -> list[Part]:
    return [
        _heading(_("Esta sesión todavía no está escrita")),
        Paragraph(
            (
                Span(
                    _(
                        "El paquete trae su título y su duración, y cuenta en las horas del "
                        "programa. La guía, los materiales y las hojas llegarán con una versión "
                        "posterior del paquete."
                    )
                ),
            )
        ),
        Paragraph(
            (
                Span(
                    _(
                        "Mientras tanto puede planearla: en el Planeador hay una estructura común "
                        "de ocho momentos para empezar, y las dinámicas para llenarla."
                    )
                ),
            )
        ),
        _labelled(_("El módulo trata de esto:"), module.about) if module.about else Muted(""),
    ]


def module_parts(_: Texts, module: Module, pack: Pack) -> tuple[Part, ...]:
    """A module: what it is about, how it looks at gender, its sessions."""
    after = [pack.module(code) for code in module.after]
    facts = [
        _.plural("{count} sesión", "{count} sesiones", len(module.sessions)),
        _.hours(module.minutes),
    ]
    parts: list[Part] = [Lead(module.title, module.code), Muted(" · ".join(facts))]
    if module.about:
        parts.append(Paragraph((Span(module.about),)))
    if module.lens:
        parts.append(_labelled(_("Mirada de género:"), module.lens))
    if after:
        names = ", ".join(f"{one.code} {one.title}" for one in after)
        parts.append(_labelled(_("Va después de:"), names))
    if module.complement:
        parts.append(_labelled(_("Complemento:"), pack.complement(module.complement).title))
    if module.sessions:
        rows = tuple(
            (
                (Span(session.code),),
                (Span(session.title, link=session.code),),
                (Span(minutes_words(_, session.minutes)),),
                (Span(session_state(_, session, session.code in pack.adapted)[0]),),
            )
            for session in module.sessions
        )
        titles = (_("Clave"), _("Sesión"), _("Duración"), _("Estado"))
        parts += [
            _heading(_("Sesiones")),
            Table(tuple((Span(title),) for title in titles), rows),
        ]
    return tuple(parts)


def handout_parts(_: Texts, handout: Handout, session: Session) -> tuple[Part, ...]:
    """A handout as it will be on paper, and the way back to its session."""
    back = Paragraph((Span(_("Volver a «{title}»", title=session.title), link=session.code),))
    facts = [copies_words(_, handout.per)]
    facts.append(_("media hoja") if handout.paper == "half" else _("hoja entera"))
    lead = Lead(handout.title, f"{handout.code} · {_('Hoja de trabajo')}")
    return (back, lead, Muted(" · ".join(facts)), *_deeper(handout.body))


def method_parts(_: Texts, method: Method) -> tuple[Part, ...]:
    """A method: purpose, how long and for how many, what it needs, its steps."""
    facts = [
        _("{minutes} min", minutes=span_words(_, *method.minutes)),
        _("{people} personas", people=span_words(_, *method.group)),
    ]
    parts: list[Part] = [
        Lead(method.title, family_words(_, method.family)),
        Muted(" · ".join(facts)),
        Paragraph((Span(method.purpose),)),
    ]
    if method.materials:
        parts += [_heading(_("Materiales")), _bullets(method.materials)]
    if method.cautions:
        parts += [_heading(_("Cuidados")), _bullets(method.cautions)]
    parts += [_heading(_("Pasos")), *_deeper(method.steps)]
    if method.variants:
        parts += [_heading(_("Variantes")), *_deeper(method.variants)]
    return tuple(parts)


def flagged(_: Texts, parts: tuple[Part, ...], adapted: bool) -> tuple[Part, ...]:
    """What is read, with a pill below its title where the institution has its own text of it."""
    if not adapted:
        return parts
    place = next((n for n, part in enumerate(parts, start=1) if isinstance(part, Lead)), 0)
    return (*parts[:place], Flag(_("Adaptada"), "note"), *parts[place:])


def _heading(text: str) -> Heading:
    return Heading(1, (Span(text),))


def _labelled(label: str, text: str) -> Paragraph:
    return Paragraph((Span(label, bold=True), Span(f" {text}")))


def _lowered(text: str) -> str:
    """An objective goes on from the words before it."""
    return text[:1].lower() + text[1:]


def _bullets(texts: Iterable[str]) -> ListBlock:
    return ListBlock(tuple((Paragraph((Span(text),)),) for text in texts))


def _deeper(blocks: Iterable[Block], by: int = 1) -> tuple[Block, ...]:
    """Prose whose own headings stand below the heading it is put under."""
    return tuple(
        Heading(block.level + by, block.spans) if isinstance(block, Heading) else block
        for block in blocks
    )
