"""What a reader of the pack gets: the whole session, in the words of her country."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator_kit.curriculum import load_pack, pack_digest, pack_files_from_folder, parse_spans
from facilitator_kit.curriculum.blocks import Callout, Fence, ListBlock, Paragraph, plain_text
from facilitator_kit.curriculum.learning import PracticeAct
from facilitator_kit.curriculum.pack_text import Terms
from facilitator_kit.curriculum.records import (
    Anchor,
    BlockKind,
    Complement,
    Deadline,
    Material,
    Pack,
    Per,
    ProgrammeKind,
    SurveyRequirement,
    TrainingRequirement,
    Wave,
)

GOOD = pack_files_from_folder(Path(__file__).parents[1] / "packs" / "good")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(GOOD, "MX")


def test_a_session_carries_everything_its_file_says(pack: Pack) -> None:
    session = pack.session("A-1")
    assert session.complete
    assert (session.minutes, session.group, session.group_of) == (60, (8, 24), 4)
    assert session.objective == "Anotar los gastos de una semana"
    assert session.themes == ("budget", "debt")
    assert session.materials == (
        Material("Hoja A-1-A «Mi semana»", 1, Per.PERSON, 2),
        Material("Sobre de fichas", 1, Per.GROUP, 0),
        Material("Reloj", 1, Per.ROOM, 0),
    )
    assert session.complement == Complement("Anotar", 12, "Un video corto.")
    assert [block.kind for block in session.blocks] == [
        BlockKind.WELCOME,
        BlockKind.REFLECTION,
        BlockKind.CHECK_OUT,
    ]
    assert sum(block.minutes for block in session.blocks) == session.minutes
    assert [section.title for section in session.variants] == [
        "Sin conexión",
        "Baja lectoescritura",
        "Con niñas y niños",
        "En línea",
    ]
    assert session.preparation == (Paragraph(parse_spans("Recorte las fichas la víspera.")),)
    assert session.care_card
    assert session.afterwards


def test_what_to_say_and_ask_is_set_apart_and_questions_are_found(pack: Pack) -> None:
    welcome, reflection, _ = pack.session("A-1").blocks
    kinds = [block.kind for block in welcome.body if isinstance(block, Callout)]
    assert kinds == ["say", "ask"]
    assert welcome.questions == ("¿Cómo llega usted hoy?",)
    assert reflection.questions == ("¿Quién decide?", "¿Desde cuándo?")
    assert isinstance(reflection.body[-1], ListBlock)


def test_a_link_to_a_handout_keeps_its_code(pack: Pack) -> None:
    first = pack.session("A-1").blocks[1].body[0]
    assert isinstance(first, Paragraph)
    assert [span.text for span in first.spans if span.link == "A-1-A"] == ["la hoja"]


@pytest.mark.parametrize(
    ("country", "rent", "title"),
    [("MX", "$2,400", "Mi gasto de la semana"), ("CL", "$180.000", "Mi consumo de la semana")],
)
def test_terms_are_in_the_words_of_the_country(country: str, rent: str, title: str) -> None:
    pack = load_pack(GOOD, country)
    session = pack.session("A-1")
    first = session.blocks[1].body[0]
    assert session.title == title
    assert isinstance(first, Paragraph)
    assert rent in plain_text(first.spans)
    assert Fence("cards", 3, (("home", "Renta", rent),)) in pack.handout("A-1-A").body
    assert pack.country == country


def test_a_term_with_a_capital_begins_a_sentence() -> None:
    terms = Terms({"renta": "el arriendo"})
    assert terms.fill("{{Renta}} sube. Pague {{renta}}.") == "El arriendo sube. Pague el arriendo."
    assert "Renta" in terms
    assert "Rentas" not in terms
    assert terms.fill("{{Otra}}") == "{{Otra}}"


def test_an_unwritten_session_is_a_title_only(pack: Pack) -> None:
    session = pack.session("A-2")
    assert not session.complete
    assert (session.title, session.minutes, session.blocks) == ("Una sesión por escribir", 60, ())


def test_a_programme_carries_its_routes_and_its_rule(pack: Pack) -> None:
    programme = pack.programme("CURSO")
    assert programme.kind is ProgrammeKind.COURSE
    assert programme.level("employment", "advanced").modules == ("A", "B")
    assert [module.code for module in pack.offer("CURSO", "employment", "advanced")] == ["A", "B"]
    rule = programme.rule
    assert (rule.code, rule.version, rule.module_percent) == ("Regla 1", 1, 80)
    assert rule.surveys == (SurveyRequirement(Wave.ENTRY, Deadline(Anchor.START, 30)),)
    assert rule.contacts == (Deadline(Anchor.END, -10), Deadline(Anchor.END, 45))


def test_a_training_says_what_it_asks_for_beside_attendance(pack: Pack) -> None:
    training = pack.programme("CURSO").rule.training
    assert training == TrainingRequirement(70, True, 2, Deadline(Anchor.END, 60))


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("MX", "La renta cuesta $2,400 y se anota en la libreta."),
        ("CL", "La renta cuesta $180.000 y se anota en la cuaderno."),
    ],
)
def test_a_lesson_uses_its_own_words_and_those_of_its_module(country: str, words: str) -> None:
    lesson = load_pack(GOOD, country).lesson("CA-1")
    assert lesson.reading == (Paragraph(parse_spans(words)),)
    assert lesson.activity == (Paragraph(parse_spans("Anote hoy tres gastos.")),)


def test_a_session_leads_to_its_lesson_and_a_module_to_its_complement(pack: Pack) -> None:
    lesson = pack.lesson_after(pack.session("A-1"))
    assert lesson is not None
    assert (lesson.code, lesson.title, lesson.minutes) == ("CA-1", "Anotar", 12)
    assert pack.lesson_after(pack.session("A-2")) is None
    course = pack.complement(pack.module("A").complement)
    assert (course.title, course.module, course.minutes) == ("Anotar sin cansarse", "A", 12)


def test_a_quiz_has_one_right_option_and_explains_every_one(pack: Pack) -> None:
    quiz = pack.module("B").quiz
    assert quiz is not None
    (question,) = quiz.questions
    assert question.text == "¿Quién habla primero?"
    assert question.body == (Paragraph(parse_spans("Luz abre la sesión y nadie contesta.")),)
    assert question.right == 1
    assert [option.why for option in question.options] == [
        "Se pierde una voz.",
        "Nadie habla por obligación, y todas pueden.",
    ]


def test_a_training_has_practice_tasks_and_the_process_its_chapters(pack: Pack) -> None:
    (task,) = pack.module("B").practice
    assert (task.code, task.act, task.minutes) == ("B-P1", PracticeAct.ROLL, 10)
    (chapter,) = pack.process
    assert (chapter.code, chapter.form) == ("P-1", True)
    assert chapter.body


def test_methods_and_layouts_are_read(pack: Pack) -> None:
    (method,) = pack.methods
    assert (method.minutes, method.group, method.materials) == ((5, 10), (4, 30), ())
    assert method.steps
    assert method.variants
    layout = pack.layout("basico")
    assert [(one.kind, one.top, one.size) for one in layout.elements] == [
        ("text", 40, 11),
        ("name", 60, 28.5),
    ]


def test_the_pack_knows_its_files_by_their_digest(pack: Pack) -> None:
    assert pack.digest == pack_digest(GOOD)
    assert load_pack({**GOOD, "README.md": b"otro"}, "MX").digest != pack.digest


def test_the_words_of_the_pack_are_at_hand(pack: Pack) -> None:
    assert dict(pack.words) == {"gasto": "gasto"}
