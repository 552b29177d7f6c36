"""Sheets to print in tests: fictitious people with everything that names can have."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time

from PIL import Image, ImageDraw

from facilitator_kit.curriculum.blocks import (
    Callout,
    Fence,
    Heading,
    ListBlock,
    Paragraph,
    Span,
    Table,
)
from facilitator_kit.curriculum.records import (
    BlockKind,
    CertificateLayout,
    Choice,
    Complement,
    Handout,
    Instrument,
    LayoutElement,
    Material,
    Module,
    Per,
    Question,
    QuestionKind,
    Section,
    Session,
    SessionBlock,
    Wave,
)
from facilitator_kit.documents import (
    ActaLine,
    ActaSheet,
    AgendaLine,
    AgendaMaterial,
    AgendaSheet,
    CertificateSheet,
    ChecklistSheet,
    DeliveryGroup,
    DeliveryRow,
    DeliverySheet,
    EnteredLine,
    FrameworkLine,
    GroupFigures,
    GuideSheet,
    HandoutSheet,
    Letterhead,
    ProofRow,
    ProofSheet,
    ReasonCount,
    RecoverySheet,
    RegisterRow,
    RegisterSheet,
    ReportSheet,
    RollRow,
    RollSession,
    RollSheet,
)
from facilitator_kit.monitoring.records import (
    CertificateSigner,
    FigureSource,
    Paper,
    RegisterState,
    TargetType,
    TitleForm,
)


def logo(width: int = 300, height: int = 120) -> bytes:
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((0, 0, height, height), fill=(90, 42, 110, 255))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


LOGOS = (logo(), logo(200, 160))
HEAD = Letterhead("Secretaría de Igualdad (ejemplo)", "Segunda Oportunidad", LOGOS, sample=True)

LONG_NAME = "María Guadalupe Fernanda Hernández-Villaseñor y de la Peñalba"
WIDE_NAME = "WILHELMINA MAMÁ WANDA MMMMMMMMMM WWWWWWWWWWW MMMMMMMM WWWWWWW"
NAMES = (
    "Xóchitl Hernández Muñoz",
    LONG_NAME,
    "Ana",
    "Güendolina O’Farrill de la Ñusta",
    "Jean D'Arc Ñáñez-Quiñones",
    "Łucja Żółć",
    "María José Núñez",
    "Maria Jose Nuñez",
)
assert len(LONG_NAME) >= 60
assert len(WIDE_NAME) >= 60


def names(count: int) -> tuple[str, ...]:
    return tuple(NAMES[i % 8] if i < 8 else f"{NAMES[i % 3]} {i}" for i in range(count))


SIGNERS = (
    CertificateSigner("Mtra. Nombre Apellido", "Titular de la Secretaría"),
    CertificateSigner("Lcda. Nombre Apellido", "Directora del Centro"),
    CertificateSigner(
        "Dra. María de los Ángeles Guadalupe Fernández-Villaseñor Domínguez",
        "Coordinadora estatal de los Centros de Empoderamiento y Autonomía",
    ),
    CertificateSigner("Lic. Otro Nombre", "Persona facilitadora"),
)

LAYOUT = CertificateLayout(
    code="reconocimiento",
    version=1,
    kind="reconocimiento",
    title="Reconocimiento",
    orientation="landscape",
    hours="programme",
    elements=(
        LayoutElement("frame", top=9, colour="primary"),
        LayoutElement("logos", top=19.5, height=13, width=120),
        LayoutElement(
            "text",
            "{institution}, por conducto de {centre}, otorga el presente",
            top=39.5,
            width=210,
        ),
        LayoutElement(
            "text",
            "RECONOCIMIENTO",
            top=49,
            size=36,
            weight="bold",
            colour="primary",
            spacing=4,
            width=230,
        ),
        LayoutElement("text", "a", top=69.5, width=210),
        LayoutElement("name", top=76, size=29, weight="bold", width=225),
        LayoutElement("rule", top=95, width=138, colour="primary"),
        LayoutElement(
            "text",
            "por haber concluido la **{route}**, del programa {programme}, con una duración de "
            "**{hours} horas**, {period}.",
            top=98.5,
            size=12,
            width=186,
        ),
        LayoutElement("text", "{place_date}", top=126.5, width=210),
        LayoutElement("signatures", top=156, size=10, width=160),
        LayoutElement("qr", top=148, width=35, height=35),
        LayoutElement(
            "footer",
            "Folio {folio} · Libro {book}, foja {leaf} · Registro con criterios {criteria} · Este "
            "documento no equivale a estudios con validez oficial",
            top=197,
            size=8,
            colour="muted",
            width=230,
        ),
    ),
)

CERTIFICATE = CertificateSheet(
    layout=LAYOUT,
    paper=Paper.LETTER,
    name=NAMES[0],
    institution="La Secretaría de Igualdad (ejemplo)",
    centre="el Centro de Reunión (ejemplo)",
    programme="Segunda Oportunidad",
    route_text="Ruta de empleo, niveles básico y avanzado",
    hours_minutes=5400,
    starts_on=date(2026, 3, 4),
    ends_on=date(2026, 9, 4),
    issued_on=date(2026, 10, 17),
    place="Guadalajara, Jalisco",
    folio="CR-2026-0040",
    book=1,
    leaf=4,
    rule="SCE 2022-2",
    rule_version=3,
    signers=SIGNERS[:2],
    sample=True,
)


def prose(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Span(text),)) for text in texts)


CARE = (
    Paragraph((Span("Puede surgir violencia económica. "), Span("No pida el relato.", bold=True))),
    Callout("say", prose("«Gracias por decirlo. No es su culpa.»")),
)

_K = BlockKind
AGENDA = AgendaSheet(
    number=14,
    title="Mi presupuesto, mi decisión",
    module="M3 · Educación financiera",
    cohort="CR-2026-A",
    on=date(2026, 11, 24),
    starts_at=time(10),
    minutes=120,
    lines=(
        AgendaLine(time(10), 10, _K.WELCOME, "Bienvenida", "Contexto, objetivo y agenda"),
        AgendaLine(time(10, 10), 10, _K.CHECK_IN, "¿Cómo llega?", "¿Cómo llega hoy su dinero?"),
        AgendaLine(time(10, 20), 25, _K.EXPERIENCE, "El sobre de los gastos"),
        AgendaLine(time(10, 45), 20, _K.REFLECTION, "En grupos de 4", "¿Quién decide el gasto?"),
        AgendaLine(time(11, 5), 10, _K.BREAK, "Descanso", fixed=True),
        AgendaLine(time(11, 15), 20, _K.CONCEPT, "Ingreso y gasto"),
        AgendaLine(time(11, 35), 20, _K.APPLICATION, "Mi mes", "¿Qué guardo primero?"),
        AgendaLine(time(11, 55), 5, _K.CHECK_OUT, "Lo más significativo"),
    ),
    centre="Centro de Reunión (ejemplo)",
    room="Salón 2",
    facilitator="Lorena Iturbide Ñáñez",
    people=18,
    groups=(4, 4, 4, 3, 3),
    objective="Armar el presupuesto de su próximo mes",
    materials=(AgendaMaterial(20, "Hoja 2-A «Mi mes»"), AgendaMaterial(5, "Sobres de fichas")),
    care=CARE,
    variants=("Sin conexión", "Baja lectoescritura", "Con niñas y niños", "En línea"),
)

ROLL = RollSheet(
    cohort="CR-2026-A",
    sessions=(RollSession(14, AGENDA.title, date(2026, 11, 24), time(10), 120),),
    rows=tuple(RollRow(f"CR-{i:03}", name) for i, name in enumerate(names(24), 1)),
    centre="Centro de Reunión (ejemplo)",
    room="Salón 2",
    facilitator="Lorena Iturbide Ñáñez",
)

FORMS = tuple(TitleForm)
ACTA = ActaSheet(
    number="CR-2026-03",
    place="Guadalajara, Jalisco",
    on=date(2024, 10, 17),
    at=time(11, 30),
    centre="Centro de Reunión (ejemplo)",
    cohort="CR-2026-A",
    programme="Segunda Oportunidad",
    route_text="Ruta de empleo, niveles básico y avanzado",
    hours_minutes=5400,
    rule="SCE 2022-2",
    rule_version=3,
    rule_title="Oferta completa y seguimiento individual",
    lines=tuple(
        ActaLine(f"CR-2026-{i:04}", name, f"CR-{i:03}", FORMS[i % 3])
        for i, name in enumerate(names(24), 1)
    ),
    signers=SIGNERS[:3],
)

CONSTANCIAS = replace(
    ACTA,
    kind="constancia",
    cohort="Personas facilitadoras 2026",
    programme="Transferencia a personas facilitadoras",
    route_text="marco y género, método, planeación y práctica observada",
    lines=tuple(
        replace(line, minutes=2040 - 60 * place) for place, line in enumerate(ACTA.lines[:4])
    ),
)

_SEEN = (
    Choice("yes", "Se logró"),
    Choice("part", "En parte"),
    Choice("no", "Todavía no"),
    Choice("not_observed", "No se observó"),
)
_ITEMS = (
    "Presenta el objetivo y la agenda con sus palabras antes de empezar",
    "Hace las preguntas tal como vienen en la guía y espera la respuesta sin adelantarse",
    "Cuida que todas tengan la palabra, sin poner a nadie en el centro",
)
CHECKLIST = ChecklistSheet(
    Instrument(
        "observation",
        "Lista de observación de una sesión facilitada",
        "2026.1",
        Wave.OBSERVATION,
        (
            Question(
                "intro",
                "Mire a la persona que facilita y al grupo. Marque lo que vio, no lo que supone.",
                QuestionKind.NOTE,
            ),
            Question("head", "Preguntas", QuestionKind.NOTE),
            *(
                Question(
                    f"q{number}",
                    _ITEMS[number % 3],
                    QuestionKind.SELECT_ONE,
                    hint="Por ejemplo, deja cinco minutos de margen" if number == 4 else "",
                    required=True,
                    choices=_SEEN,
                )
                for number in range(15)
            ),
            Question(
                "themes",
                "De qué se habló después",
                QuestionKind.SELECT_MULTIPLE,
                choices=(Choice("time", "Tiempos"), Choice("care", "Cuidado")),
            ),
            Question("people", "Cuántas personas asistieron", QuestionKind.INTEGER),
        ),
    ),
    fields=("Quién facilitó", "Fecha", "Sesión que facilitó", "Quién observó"),
    closing=("Qué conservar", "Qué intentar la próxima vez"),
)

_ROW = RegisterRow(
    book=1,
    leaf=1,
    line=1,
    folio="CR-2026-0001",
    on=date(2026, 10, 17),
    name=NAMES[0],
    code="CR-001",
    kind="reconocimiento",
    cohort="CR-2026-A",
    hours_minutes=5400,
    rule="SCE 2022-2",
    rule_version=3,
    issued_by="Directora del Centro",
    state=RegisterState.CURRENT,
    digest="a3f09c77d1e2b4c5",
)
REGISTER = RegisterSheet(
    rows=(
        _ROW,
        replace(
            _ROW,
            line=2,
            folio="CR-2026-0002",
            name="Xochitl Hernadez",
            state=RegisterState.REISSUED,
            cause="nombre mal escrito",
            related_folio="CR-2026-0003",
        ),
        replace(_ROW, line=3, folio="CR-2026-0003", name=LONG_NAME, related_folio="CR-2026-0002"),
        replace(
            _ROW,
            leaf=2,
            line=1,
            folio="CR-2026-0004",
            name="Ana",
            state=RegisterState.VOIDED,
            cause="emitido por error",
        ),
        replace(
            _ROW,
            leaf=2,
            line=2,
            folio="CR-2026-0005",
            name=NAMES[3],
            reprints=2,
            delivered_on=date(2026, 10, 18),
        ),
    ),
    as_of=date(2026, 10, 20),
    series="CR",
)

DELIVERY = DeliverySheet(
    place="Guadalajara, Jalisco",
    on=date(2024, 10, 17),
    groups=(
        DeliveryGroup(
            "Centro de Reunión",
            "CR-2026-A",
            tuple(DeliveryRow(line.folio, line.name, line.code) for line in ACTA.lines),
        ),
        DeliveryGroup("Justicia", "CJ-2026-A", (DeliveryRow("CJ-2026-0001", "Ana", "CJ-1"),)),
    ),
)

PROOF = ProofSheet(
    rows=(
        *(ProofRow(name, f"CR-{i:03}", "CR-2026-A") for i, name in enumerate(NAMES, 1)),
        ProofRow("Lucía 漢 Pérez", "CR-009", "CR-2026-A"),
    ),
    on=date(2026, 10, 1),
    centre="Centro de Reunión (ejemplo)",
    cohort="CR-2026-A",
)

_CENTRES = (
    GroupFigures("Centro de Reunión (ejemplo)", 65, 63, 55, 330_000, 351_000),
    GroupFigures("Centro Guadalajara (ejemplo)", 34, 33, 22, 150_000, 183_600, 1),
    GroupFigures("Centro Tlajomulco (ejemplo)", 9, 9, 7, 40_000, 48_600),
)
REPORT = ReportSheet(
    generation="Generación 2024-A",
    starts_on=date(2024, 3, 4),
    ends_on=date(2024, 9, 6),
    as_of=date(2024, 10, 17),
    total=GroupFigures("Total", 108, 105, 84, 520_000, 583_200, 1),
    by_centre=_CENTRES,
    by_cohort=tuple(replace(group, label=f"C-{i}") for i, group in enumerate(_CENTRES * 2)),
    framework=(
        FrameworkLine(
            "Nuevos centros",
            "",
            1,
            1,
            TargetType.INCREMENTAL,
            2,
            200,
            "exceeded",
            FigureSource.ENTERED,
            source_note="Dirección de centros",
        ),
        FrameworkLine(
            "Concluyen la ruta",
            "Quienes concluyen",
            None,
            100,
            TargetType.CUMULATIVE,
            91,
            91,
            "partial",
            FigureSource.COMPUTED,
            "personas",
        ),
        FrameworkLine(
            "Apoyo en la encuesta",
            "",
            None,
            None,
            TargetType.CUMULATIVE,
            72,
            None,
            "no_target",
            FigureSource.COMPUTED,
        ),
    ),
    reasons=(ReasonCount("Módulo sin completar", 17), ReasonCount("Seguimiento", None)),
    entered=(EnteredLine("Usuarias en total", 1095, "", "Informe final", date(2024, 12, 1)),),
    notes=("Un centro entregó tarde.",),
    summary=("La generación terminó con 84 graduadas.",),
)

SESSION = Session(
    code="M3-2",
    title="Mi presupuesto, mi decisión",
    minutes=30,
    complete=True,
    objective="Armar el presupuesto de su mes",
    competences=("Separar lo fijo de lo variable",),
    evidence="Hoja 2-A llena",
    lens="Quién gana y quién decide",
    materials=(Material("Hoja 2-A", 1, Per.PERSON, 2), Material("Sobre", 1, Per.GROUP)),
    preparation=prose("Recorte las fichas."),
    blocks=(
        SessionBlock(
            BlockKind.WELCOME,
            "Llegar",
            10,
            (
                *prose("Salude por su nombre a cada una."),
                Callout("say", prose("«Hoy nadie va a enseñar sus cuentas.»")),
            ),
        ),
        SessionBlock(
            BlockKind.EXPERIENCE,
            "El sobre",
            20,
            (
                ListBlock((prose("Primero"), prose("Después")), ordered=True),
                Table(
                    ((Span("fila"),), (Span("total"),)),
                    (((Span("Entra"),), (Span("$2,640"),)),),
                ),
                Callout("ask", prose("¿Qué sacaron?")),
                Callout("care", prose("Si alguien calla, espere.")),
            ),
        ),
    ),
    variants=(Section("Sin conexión", prose("Nada la necesita.")),),
    care_card=CARE,
    afterwards=prose("En casa, anotar tres días."),
    handouts=("M3-2-A",),
    complement=Complement("Ahorrar sin que se note", 12, "En pantalla o impreso."),
    references=("CONDUSEF",),
)
MODULE = Module("M3", "Educación financiera", "", "", ("M0",), "", (SESSION,))
GUIDE = GuideSheet(SESSION, MODULE)

HANDOUT = HandoutSheet(
    Handout(
        "M3-2-A",
        "Mi mes",
        "M3-2",
        "letter",
        Per.PERSON,
        (
            Heading(1, (Span("Lo que entra"),)),
            Fence("lines", 2, (("¿Qué guardo primero?",),)),
            Fence("boxes", 0, (("Sé cuánto debo",), ("Sé a quién",))),
            Fence("cards", 3, (("house", "Renta", "$2,400"), ("bus", "Pasajes"), ("x", "Otro"))),
            Fence("table", 3, (("Fecha", "En qué", "Cuánto"),)),
        ),
    ),
    "M3 · Educación financiera",
    20,
)
RECOVERY = RecoverySheet(
    "K7QDA-2MXP7-99FAB-ZT4CK-H3LW0-8RREX-Q2WMM-0PLZ3", "Centro de ejemplo", date(2026, 11, 21)
)
