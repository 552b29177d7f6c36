"""What Currículo shows to read, as prose: a session's guide, a module, a handout, a method, a
programme, a complement or a chapter of the process."""

from __future__ import annotations

from collections.abc import Iterable

from facilitator_kit.curriculum.blocks import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Span,
    Table,
    plain_text,
)
from facilitator_kit.curriculum.learning import Chapter, ComplementCourse
from facilitator_kit.curriculum.records import (
    Handout,
    Method,
    Module,
    Pack,
    Programme,
    Route,
    Session,
    Titled,
)
from facilitator_kit.curriculum.search_items import (
    AFTER,
    BLOCK,
    CARE,
    CAUTIONS,
    HEADING,
    MATERIALS,
    PREPARE,
    REFERENCES,
    STEPS,
    VARIANT,
    VARIANTS,
    numbered,
)
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.pages.curriculum_words import (
    copies_words,
    family_words,
    kind_look,
    minutes_words,
    session_state,
    span_words,
)
from facilitator_kit.ui.prose import Anchor, Flag, Lead, Muted, Part, Step


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
        parts += [Anchor(PREPARE), _heading(_("Antes de empezar"))]
        parts += _deeper(session.preparation)
    parts.append(_heading(_("Paso a paso")))
    minute = 0
    for number, block in enumerate(session.blocks):
        word, icon, tone = kind_look(_, block.kind)
        when = f"{minute // 60}:{minute % 60:02}"
        over = f"{when} · {word}"
        parts.append(Anchor(numbered(BLOCK, number)))
        parts.append(Step(icon, tone, over, block.title, minutes_words(_, block.minutes)))
        parts += _deeper(block.body, by=2)
        minute += block.minutes
    if session.variants:
        parts += [Anchor(VARIANTS), _heading(_("Si algo cambia"))]
        for number, variant in enumerate(session.variants):
            parts.append(Anchor(numbered(VARIANT, number)))
            parts += [Heading(2, (Span(variant.title),)), *_deeper(variant.body, by=2)]
    if session.care_card:
        parts += [Anchor(CARE), _heading(_("Tarjeta de cuidado")), *_deeper(session.care_card)]
    if session.afterwards:
        parts += [Anchor(AFTER), _heading(_("Después")), *_deeper(session.afterwards)]
    if session.references:
        parts += [Anchor(REFERENCES), _heading(_("Referencias")), _bullets(session.references)]
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
        parts += [Anchor(MATERIALS), _heading(_("Materiales")), _bullets(method.materials)]
    if method.cautions:
        parts += [Anchor(CAUTIONS), _heading(_("Qué cuidar")), _bullets(method.cautions)]
    parts += [Anchor(STEPS), _heading(_("Pasos")), *_deeper(method.steps)]
    if method.variants:
        parts += [Anchor(VARIANTS), _heading(_("Variantes")), *_deeper(method.variants)]
    return tuple(parts)


def flagged(_: Texts, parts: tuple[Part, ...], adapted: bool) -> tuple[Part, ...]:
    """What is read, with a pill below its title where the institution has its own text of it."""
    if not adapted:
        return parts
    place = next((n for n, part in enumerate(parts, start=1) if isinstance(part, Lead)), 0)
    return (*parts[:place], Flag(_("Adaptada"), "note"), *parts[place:])


def programme_parts(_: Texts, programme: Programme, pack: Pack) -> tuple[Part, ...]:
    """A programme: what it is, and each route and level with its modules in order."""
    parts: list[Part] = [
        Lead(programme.title, _("Programa")),
        Paragraph((Span(programme.summary),)),
    ]
    for route in programme.routes:
        parts += _route(_, route, pack, alone=len(programme.routes) == 1)
    return tuple(parts)


def _route(_: Texts, route: Route, pack: Pack, *, alone: bool) -> list[Part]:
    parts: list[Part] = [] if alone else [_heading(route.title)]
    if route.summary and not alone:
        parts.append(Paragraph((Span(route.summary),)))
    for level in route.levels:
        modules = [pack.module(code) for code in level.modules]
        hours = _.hours(sum(module.minutes for module in modules))
        parts.append(Heading(2, (Span(f"{level.title} · {hours}"),)))
        rows = tuple(
            (
                (Span(module.code),),
                (Span(module.title, link=module.code),),
                (Span(_.hours(module.minutes)),),
            )
            for module in modules
        )
        parts.append(Table((), rows))
    return parts


def complement_parts(_: Texts, course: ComplementCourse) -> tuple[Part, ...]:
    """A complement: what it is about, and its lessons."""
    facts = (
        _.plural("{count} lección", "{count} lecciones", len(course.lessons)),
        minutes_words(_, course.minutes),
    )
    rows = tuple(
        (
            (Span(lesson.code),),
            (Span(lesson.title, link=lesson.code),),
            (Span(minutes_words(_, lesson.minutes)),),
        )
        for lesson in course.lessons
    )
    return (
        Lead(course.title, f"{course.code} · {_('Complemento')}"),
        Muted(" · ".join(facts)),
        Paragraph((Span(course.about),)),
        _heading(_("Lecciones")),
        Table((), rows),
    )


def chapter_parts(_: Texts, chapter: Chapter) -> tuple[Part, ...]:
    """A chapter of the process, or a form as it will be on paper."""
    kind = _("Formato para llenar") if chapter.form else _("Manual del proceso")
    parts: list[Part] = [Lead(chapter.title, f"{chapter.code} · {kind}")]
    number = 0
    for block in chapter.body:
        if isinstance(block, Heading) and block.level == 1:
            parts.append(Anchor(numbered(HEADING, number)))
            number += 1
        parts.append(block)
    return tuple(parts)


def neighbours_part(_: Texts, before: Titled | None, after: Titled | None) -> tuple[Part, ...]:
    """The way on from the end of what is read: to what stands before it and after it."""
    cells = [
        (Span(f"{words} "), Span(thing.title, link=thing.code))
        for words, thing in ((_("Anterior:"), before), (_("Siguiente:"), after))
        if thing is not None
    ]
    return (Table((), (tuple(cells),)),) if cells else ()


def headings_of(chapter: Chapter) -> tuple[str, ...]:
    """The headings of a chapter, in the order of their anchors."""
    return tuple(
        plain_text(block.spans)
        for block in chapter.body
        if isinstance(block, Heading) and block.level == 1
    )


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
