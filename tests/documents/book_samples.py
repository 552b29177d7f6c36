"""Books to print in tests: a small programme with everything that one can hold."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import document_samples as samples

from facilitator_kit import documents
from facilitator_kit.curriculum.blocks import Callout, Fence, Heading, Paragraph, Span
from facilitator_kit.curriculum.copies import handout_copies
from facilitator_kit.curriculum.learning import (
    Chapter,
    Lesson,
    PracticeAct,
    PracticeTask,
    Quiz,
    QuizOption,
    QuizQuestion,
)
from facilitator_kit.curriculum.records import Method, MethodFamily
from facilitator_kit.documents import Letterhead
from facilitator_kit.i18n import Texts
from facilitator_kit.progress import finish

ON = date(2026, 11, 28)
QUESTION = QuizQuestion(
    "¿Qué se paga primero?",
    (
        QuizOption("Lo que se ve", False, "Lo que se ve puede esperar."),
        QuizOption("El techo y la comida", True, "Sin eso no se llega al mes."),
        QuizOption("Lo que pide quien grita", False, "Quien grita no decide por usted."),
    ),
    samples.prose("Rosa cobra el día quince."),
)
LESSON = Lesson(
    "CM3-2",
    "Ahorrar sin que se note",
    12,
    "M3-2",
    samples.prose("Rosa guarda una moneda cada día."),
    (
        *samples.prose("Haga la cuenta."),
        Fence("lines", 2, (("¿Cuánto en un mes?",),)),
    ),
    (QUESTION, replace(QUESTION, text="¿Quién decide?", body=())),
)
QUIZ = Quiz("M3-Q", "Lo que hay que saber", (QUESTION,))
TASK = PracticeTask(
    "M3-P1", "Pasar lista", 10, PracticeAct.ROLL, samples.prose("Abra Cohortes. Marque.")
)
SECOND = replace(
    samples.SESSION,
    code="M3-3",
    title="Guardar",
    handouts=("M3-3-A",),
    materials=samples.SESSION.materials[1:],
    preparation=(
        Paragraph((Span("Lea antes "), Span("la sesión anterior", link="M3-2"), Span("."))),
    ),
)
UNWRITTEN = replace(
    samples.SESSION,
    code="M3-4",
    title="Por escribir",
    complete=False,
    blocks=(),
    handouts=(),
    materials=(),
)
MODULE = replace(
    samples.MODULE,
    about="Dinero visto de frente.",
    lens="Quién decide no es siempre quien gana.",
    sessions=(samples.SESSION, SECOND, UNWRITTEN),
    quiz=QUIZ,
    practice=(TASK,),
)
HALF = replace(
    samples.HANDOUT.handout,
    code="M3-3-A",
    title="Mi meta",
    session="M3-3",
    paper="half",
    body=samples.HANDOUT.handout.body[:2],
)
IMPRINT = documents.Imprint(
    "Segunda Oportunidad",
    "2026.1",
    "CC-BY-4.0",
    ("Proyecto",),
    ("Se debe algo a otras personas.",),
    "México",
)
BINDER = documents.BinderSheet(
    kind="Carpeta del programa",
    title="Segunda Oportunidad",
    parts=(
        documents.BinderPart(
            "M3",
            "M3 · Educación financiera",
            MODULE,
            MODULE.about,
            (
                documents.BinderSession(samples.SESSION, True, (samples.HANDOUT.handout,), LESSON),
                documents.BinderSession(SECOND, True, (HALF,), None),
                documents.BinderSession(UNWRITTEN),
            ),
            after=("M0 Bienvenida",),
            closing=True,
        ),
        documents.BinderPart(
            "FG",
            "FG · Género en lo cotidiano",
            about="Cuatro lecciones.",
            lessons=(replace(LESSON, code="FG-1", title="Lo que nos enseñaron", session=""),),
        ),
    ),
    people=18,
    on=ON,
    imprint=IMPRINT,
    lines=("Ruta de empleo",),
)
ONLY_HANDOUTS = replace(
    BINDER,
    parts=(
        replace(
            BINDER.parts[0],
            sessions=tuple(
                replace(one, guide=False, lesson=None) for one in BINDER.parts[0].sessions
            ),
            closing=False,
        ),
    ),
)
METHODS = documents.MethodsSheet(
    tuple(
        Method(
            f"m-{number}",
            f"Dinámica {number}",
            family,
            "Conocerse sin contar lo que duele.",
            (5 * number, 5 * number + 4),
            (6, 24),
            ("ninguno",) if number % 2 else ("una bola de estambre", "plumones"),
            ("Nadie está obligada a tocar.",),
            samples.prose("Haga un círculo.", "Pase el estambre."),
            samples.prose("Sentadas, con la mano."),
        )
        for number, family in enumerate(list(MethodFamily)[:3] * 2, 1)
    ),
    ON,
    IMPRINT,
)
PROCESS = documents.ProcessSheet(
    (
        Chapter(
            "P-1",
            "Para qué es",
            False,
            (
                *samples.prose("Un programa depende de una persona."),
                Heading(1, (Span("Cómo se adapta"),)),
                Callout("ask", samples.prose("¿Qué de esto ya hacemos?")),
                Heading(1, (Span("Señales de que está vivo"),)),
                Paragraph((Span("Vea "), Span("el formato", link="P-F1"), Span("."))),
            ),
        ),
        Chapter(
            "P-F1",
            "Acta de entrega",
            True,
            (Fence("lines", 1, (("Quién entrega",), ("Quién recibe",))),),
        ),
    ),
    ON,
    IMPRINT,
)
RUN = documents.RunSheet(
    (
        handout_copies(samples.SESSION, samples.HANDOUT.handout, 3),
        handout_copies(SECOND, HALF, 3),
    ),
    3,
    "M3 · Educación financiera",
)

Maker = Callable[[Letterhead, Texts], bytes]


def book(make: Callable[..., object], sheet: object) -> Maker:
    def made(head: Letterhead, _: Texts) -> bytes:
        out = io.BytesIO()
        finish(make(sheet, head, _, out))  # type: ignore[arg-type]  # any book
        return out.getvalue()

    return made


BOOKS: dict[str, Maker] = {
    "binder": book(documents.binder_pdf, BINDER),
    "binder_duplex": book(documents.binder_pdf, replace(BINDER, duplex=True)),
    "binder_handouts": book(documents.binder_pdf, ONLY_HANDOUTS),
    "methods": book(documents.methods_pdf, METHODS),
    "process": book(documents.process_pdf, PROCESS),
}
RUNS: dict[str, Maker] = {
    "run": book(documents.handout_run_pdf, RUN),
    "run_once": book(documents.handout_run_pdf, replace(RUN, repeated=False)),
}
LOOSE: dict[str, Maker] = {
    "lesson": lambda head, _: documents.lesson_pdf(
        documents.LessonSheet(LESSON, "Educación financiera"), head, _
    ),
    "quiz": lambda head, _: documents.quiz_pdf(documents.QuizSheet(QUIZ, "M3"), head, _),
    "method": lambda head, _: documents.method_pdf(METHODS.methods[1], head, _),
    "chapter": lambda head, _: documents.chapter_pdf(PROCESS.chapters[0], head, _),
    "form": lambda head, _: documents.chapter_pdf(PROCESS.chapters[1], head, _),
}
