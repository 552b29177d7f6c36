"""What a training asks for beside attendance. Each test cites the requirements it checks.

T1   A rule without training, or with nothing asked for, has no line of a training.
T2   Each module with a quiz has a line that asks for the rule's percentage of right answers,
     rounded up; what is no option of a question is wrong.
T3   A quiz may be tried again; the best try up to the deadline counts, a worse one takes nothing.
T4   All practice tasks of the modules are one line; each counts once, however often it is done.
T5   Observed facilitations are one line; one more than asked for is kept and changes nothing.
T6   Up to the deadline, that day included, everything can still be fulfilled; afterwards what was
     late is shown as late and does not fulfil.
T7   Another training's quizzes and tasks, and other waves, count for nothing.
T8   The self-assessment is a survey of the rule.
T9   `lacks` names `quiz_<module>`, `practice`, `observations`; the whole stands as its worst line,
     `until` is the earliest.
T10  Raising (a better answer, another record, an earlier date) never lowers the state.
T11  For every `can_fulfil` some completion fulfils the line; for a `cannot` none does.
T12  `until` is tight: that day suffices, the day after does not.
T13  The evidence adds up to what the line says and survives being stored as text; its digest
     changes with what counts, not with days.
T14  Evidence of other rules is stored and digested as it was before trainings were there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from monitoring_cases import Case, contact, day, mark, module, response, rule, scheduled

from facilitator_kit.curriculum.learning import (
    PracticeAct,
    PracticeTask,
    Quiz,
    QuizOption,
    QuizQuestion,
)
from facilitator_kit.curriculum.records import (
    Anchor,
    Deadline,
    SurveyRequirement,
    TrainingRequirement,
    Wave,
)
from facilitator_kit.monitoring.eligibility import EligibilityState, LineKind, Standing
from facilitator_kit.monitoring.evidence import (
    compare_evidence,
    evidence_digest,
    evidence_json,
    read_evidence,
)
from facilitator_kit.monitoring.records import Answer, Mark, Response
from facilitator_kit.monitoring.training import (
    counting,
    points_asked,
    quiz_answers,
    right_answers,
)

FULFILLED, CAN, CANNOT = EligibilityState
ORDER = {CANNOT: 0, CAN: 1, FULFILLED: 2}
LAST = 7
"""The last session's day, from which the deadline is counted."""

FROZEN_TEXT = "bd6d098a86bd95fa8078baed0a9c0f25b8f268c0dc4bf70a87929a763276ca8e"
FROZEN_DIGEST = "460b18450d103a5eb1abfa0b817aa1a592507f2d07cbb6eff726153782ade038"
"""What the program wrote before it knew of trainings (see T14)."""


def quiz(code: str, questions: int) -> Quiz:
    """Questions of three options; the right one of question n is n modulo 3."""
    return Quiz(
        code,
        code,
        tuple(
            QuizQuestion(
                f"¿{number}?",
                tuple(QuizOption(str(one), one == number % 3, "porque") for one in range(3)),
            )
            for number in range(1, questions + 1)
        ),
    )


def task(code: str) -> PracticeTask:
    return PracticeTask(code, code, 10, PracticeAct.ROLL, ())


F1 = replace(module("F1", 120), quiz=quiz("F1-Q", 7), practice=(task("F1-P1"), task("F1-P2")))
F2 = replace(module("F2", 120), quiz=quiz("F2-Q", 3), practice=(task("F2-P1"),))
F3 = module("F3", 120)
SESSIONS = (
    scheduled("F1-1", 1),
    scheduled("F2-1", 4),
    scheduled("F3-1", LAST),
)
PRESENT = tuple(mark(session, Mark.PRESENT) for session in SESSIONS)


def asked(
    percent: int = 70, practice: bool = True, observations: int = 2, days: int = 20
) -> TrainingRequirement:
    return TrainingRequirement(percent, practice, observations, Deadline(Anchor.END, days))


def of_training(*responses: Response, training: TrainingRequirement | None = None) -> Case:
    """Somebody who was at every session of F1, F2 and F3, with these responses."""
    given_rule = replace(rule(), training=training or asked())
    return Case(given_rule, (F1, F2, F3), SESSIONS, PRESENT, responses)


def tried(code: str, right: int, of: int, on: int, key: str = "") -> Response:
    """A quiz with this many right answers, the first ones."""
    chosen = tuple(
        number % 3 if number <= right else (number + 1) % 3 for number in range(1, of + 1)
    )
    return Response(
        f"q-{code}-{on}-{right}{key}", "e", Wave.QUIZ, code, "1", day(on), quiz_answers(chosen)
    )


def did(code: str, on: int, key: str = "") -> Response:
    return Response(f"p-{code}-{on}{key}", "e", Wave.PRACTICE, code, "1", day(on))


def observed(on: int, key: str = "") -> Response:
    return Response(f"o-{on}{key}", "e", Wave.OBSERVATION, "observation", "1", day(on))


EVERYTHING = (
    tried("F1-Q", 5, 7, 8),
    tried("F2-Q", 3, 3, 8),
    did("F1-P1", 8),
    did("F1-P2", 8),
    did("F2-P1", 8),
    observed(8),
    observed(9),
)


def test_a_rule_without_training_has_no_such_lines() -> None:
    """T1."""
    kinds = {line.kind for line in replace(of_training(), rule=rule()).on(10).lines}
    assert kinds == {LineKind.MODULE}
    nothing = of_training(training=asked(0, False, 0))
    assert {line.kind for line in nothing.on(10).lines} == {LineKind.MODULE}
    bare = replace(of_training(), offer=(F3,))
    assert [line.code for line in bare.on(10).lines] == ["F3", "observations"]


def test_each_module_with_a_quiz_has_a_line() -> None:
    """T2, T9: 70 % of 7 is 4.9, so 5; of 3 it is 2.1, so 3."""
    result = of_training(tried("F1-Q", 5, 7, 8)).on(10)
    lines = result.of_kind(LineKind.QUIZ)
    assert [(line.code, line.required, line.have, line.possible) for line in lines] == [
        ("quiz_F1", 5, 5, 7),
        ("quiz_F2", 3, 0, 3),
    ]
    assert [line.state for line in lines] == [FULFILLED, CAN]
    assert result.lacks == ("quiz_F2", "practice", "observations")


@pytest.mark.parametrize(
    ("questions", "percent", "points"),
    [(7, 70, 5), (10, 70, 7), (3, 100, 3), (5, 1, 1), (9, 50, 5)],
)
def test_the_share_of_right_answers_is_rounded_up(
    questions: int, percent: int, points: int
) -> None:
    """T2."""
    assert points_asked(quiz("X-Q", questions), percent) == points


def test_what_is_no_option_of_a_question_is_wrong() -> None:
    """T2: left out, out of range, not a number, a question too many."""
    answers = (
        Answer("1", "1"),
        Answer("2", "7"),
        Answer("3", "cero"),
        Answer("9", "0"),
        Answer("x", "1"),
    )
    assert right_answers(F1.quiz or quiz("", 0), answers) == 1


def test_the_best_try_counts() -> None:
    """T3."""
    tries = (tried("F1-Q", 3, 7, 8), tried("F1-Q", 6, 7, 9), tried("F1-Q", 2, 7, 10))
    line = of_training(*tries).on(11).of_kind(LineKind.QUIZ)[0]
    assert (line.have, line.state) == (6, FULFILLED)
    assert [item.points for item in line.training] == [3, 6, 2]
    assert [item.response_id for item in counting(line)] == [tries[1].id]


def test_a_try_after_the_deadline_is_shown_and_does_not_count() -> None:
    """T3, T6: the deadline is day 27."""
    line = of_training(tried("F1-Q", 4, 7, 27), tried("F1-Q", 7, 7, 28)).on(30).lines[3]
    assert (line.code, line.have, line.possible, line.state) == ("quiz_F1", 4, 4, CANNOT)
    assert [item.standing for item in line.training] == [Standing.COUNTED, Standing.LATE]
    assert line.deadline == day(27)


def test_all_tasks_are_one_line_and_count_once_each() -> None:
    """T4."""
    line = of_training(did("F1-P1", 5), did("F1-P1", 6), did("F2-P1", 7)).on(8)
    practice = line.of_kind(LineKind.PRACTICE)[0]
    assert (practice.code, practice.required, practice.have, practice.possible) == (
        "practice",
        3,
        2,
        3,
    )
    assert [item.item for item in counting(practice)] == ["F1-P1", "F2-P1"]
    assert [item.on for item in counting(practice)] == [day(5), day(7)]


def test_one_more_observation_is_kept_and_changes_nothing() -> None:
    """T5."""
    two = of_training(observed(5), observed(6)).on(8)
    three = of_training(observed(5), observed(6), observed(7)).on(8)
    lines = [result.of_kind(LineKind.OBSERVATIONS)[0] for result in (two, three)]
    assert [(line.required, line.have, line.state) for line in lines] == [(2, 2, FULFILLED)] * 2
    assert len(lines[1].training) == 3
    assert evidence_digest(two) == evidence_digest(three)


def test_everything_can_be_fulfilled_up_to_the_deadline() -> None:
    """T6, T9."""
    for on, state in ((27, CAN), (28, CANNOT)):
        result = of_training().on(on)
        lines = [line for line in result.lines if line.kind is not LineKind.MODULE]
        assert {line.state for line in lines} == {state}
        assert (result.state, result.until) == (state, day(27) if state is CAN else None)
    assert of_training(*EVERYTHING).on(99).state is FULFILLED
    assert of_training(*EVERYTHING).on(99).lacks == ()


def test_other_quizzes_tasks_and_waves_count_for_nothing() -> None:
    """T7."""
    strange = (
        tried("F9-Q", 7, 7, 5),
        did("F9-P1", 5),
        response(Wave.ENTRY, 5),
        replace(did("F1-P1", 5), wave=Wave.QUIZ),
        replace(tried("F1-Q", 7, 7, 5), wave=Wave.PRACTICE),
    )
    plain, other = of_training().on(10), of_training(*strange).on(10)
    assert other.lines == plain.lines


def test_the_self_assessment_is_a_survey_of_the_rule() -> None:
    """T8."""
    survey = SurveyRequirement(Wave.SELF_ASSESSMENT, Deadline(Anchor.END, 5))
    with_it = replace(rule(), surveys=(survey,), training=asked(days=1))
    case = replace(of_training(*EVERYTHING), rule=with_it)
    assert case.on(10).lacks == ("survey_self_assessment", "observations")
    answered = replace(case, responses=(*EVERYTHING, response(Wave.SELF_ASSESSMENT, 12)))
    assert answered.on(20).lacks == ("observations",)


# -- properties ------------------------------------------------------------------------------------


@st.composite
def records(draw: st.DrawFn) -> tuple[Response, ...]:
    """What somebody may have shown, in any order, early and late."""
    found = []
    for index in range(draw(st.integers(0, 8))):
        on = draw(st.integers(0, 40))
        kind = draw(st.sampled_from(("quiz", "task", "observation", "other")))
        if kind == "quiz":
            code, of = draw(st.sampled_from((("F1-Q", 7), ("F2-Q", 3), ("F9-Q", 3))))
            chosen = tuple(draw(st.integers(-1, 3)) for _question in range(of))
            found.append(
                Response(f"{index}", "e", Wave.QUIZ, code, "1", day(on), quiz_answers(chosen))
            )
        elif kind == "task":
            code = draw(st.sampled_from(("F1-P1", "F1-P2", "F2-P1", "F9-P1")))
            found.append(Response(f"{index}", "e", Wave.PRACTICE, code, "1", day(on)))
        elif kind == "observation":
            found.append(Response(f"{index}", "e", Wave.OBSERVATION, "o", "1", day(on)))
        else:
            found.append(Response(f"{index}", "e", Wave.EXIT, "o", "1", day(on)))
    return tuple(found)


@st.composite
def trainings(draw: st.DrawFn) -> tuple[Case, int]:
    """Somebody in training, and a day to look at it from: never before what she has shown."""
    shown = draw(records())
    training = asked(
        draw(st.sampled_from((0, 1, 50, 70, 100))),
        draw(st.booleans()),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 30)),
    )
    case = of_training(*shown, training=training)
    latest = max([0, *((item.answered_on - day(0)).days for item in shown)])
    return case, draw(st.integers(latest, latest + 20))


def completed(case: Case, on: int) -> Case:
    """What she gets when on that day she answers every quiz rightly, practises and is observed."""
    everything = (
        tried("F1-Q", 7, 7, on, "+"),
        tried("F2-Q", 3, 3, on, "+"),
        *(did(code, on, "+") for code in ("F1-P1", "F1-P2", "F2-P1")),
        *(observed(on, f"+{number}") for number in range(3)),
    )
    return replace(case, responses=(*case.responses, *everything))


@settings(max_examples=300)
@given(trainings(), st.data())
def test_raising_never_lowers_her_state(given_case: tuple[Case, int], data: st.DataObject) -> None:
    """T10."""
    case, on = given_case
    assume(case.responses)
    index = data.draw(st.integers(0, len(case.responses) - 1))
    old = case.responses[index]
    better = replace(
        old,
        answered_on=data.draw(st.dates(day(0), old.answered_on)),
        answers=tuple(
            # An answer becomes right, or stays what it was.
            Answer(item.name, str(int(item.name) % 3)) if data.draw(st.booleans()) else item
            for item in old.answers
        ),
    )
    before, after = (
        case.on(on),
        replace(case, responses=(*case.responses[:index], better, *case.responses[index + 1 :])).on(
            on
        ),
    )
    for was, is_ in zip(before.lines, after.lines, strict=True):
        assert ORDER[is_.state] >= ORDER[was.state]
    added = replace(case, responses=(*case.responses, *data.draw(records()))).on(on)
    for was, is_ in zip(before.lines, added.lines, strict=True):
        assert ORDER[is_.state] >= ORDER[was.state]


@settings(max_examples=300)
@given(trainings())
def test_a_completion_exists_exactly_while_she_can_fulfil(given_case: tuple[Case, int]) -> None:
    """T11: doing everything today is the best there is."""
    case, on = given_case
    best = {line.code: line for line in completed(case, on).on(on).lines}
    for line in case.on(on).lines:
        assert (best[line.code].state is FULFILLED) == (line.state is not CANNOT)


@settings(max_examples=200)
@given(trainings(), st.data())
def test_no_completion_fulfils_what_cannot_be(
    given_case: tuple[Case, int], data: st.DataObject
) -> None:
    """T11: whatever is shown from today on."""
    case, on = given_case
    lost = {line.code for line in case.on(on).lines if line.state is CANNOT}
    assume(lost)
    done = case
    for later in data.draw(st.lists(st.integers(on, on + 30), max_size=3)):
        done = completed(done, later)
    after = {line.code: line for line in done.on(on + 50).lines}
    assert all(after[code].state is CANNOT for code in lost)


@settings(max_examples=300)
@given(trainings())
def test_until_is_tight(given_case: tuple[Case, int]) -> None:
    """T12."""
    case, on = given_case
    for line in case.on(on).lines:
        if line.state is not CAN:
            assert line.until is None
            continue
        assert line.until is not None
        last = (line.until - day(0)).days
        assert last >= on
        for when, state in ((last, FULFILLED), (last + 1, CANNOT)):
            lines = {one.code: one for one in completed(case, when).on(500).lines}
            assert lines[line.code].state is state


@settings(max_examples=200)
@given(trainings())
def test_evidence_adds_up_and_survives_storage(given_case: tuple[Case, int]) -> None:
    """T13."""
    case, on = given_case
    result = case.on(on)
    for line in result.lines:
        assert line.have <= line.possible
        counted = counting(line)
        if line.kind is LineKind.QUIZ:
            assert line.have == max((item.points for item in counted), default=0)
        elif line.kind is not LineKind.MODULE:
            assert line.have == len(counted)
    stored = evidence_json(result)
    assert read_evidence(stored) == result
    assert evidence_digest(read_evidence(stored)) == evidence_digest(result)
    later = case.on(on + 20)
    assert evidence_digest(later) == evidence_digest(result)
    assert not compare_evidence(stored, later).changed


def test_what_changed_is_told_in_words() -> None:
    """T13: a better try is told; a worse one changes nothing."""
    decided = of_training(*EVERYTHING)
    frozen = evidence_json(decided.on(30))
    again = replace(decided, responses=(*EVERYTHING, tried("F1-Q", 2, 7, 9)))
    assert not compare_evidence(frozen, again.on(40)).changed
    gone = of_training(EVERYTHING[1], EVERYTHING[2], EVERYTHING[5]).on(40)
    assert [str(text) for text in compare_evidence(frozen, gone).differences] == [
        "Un cuestionario cambió (quiz_F1): de 5 a 0 aciertos.",
        "La práctica cambió: de 3 a 1 tareas hechas.",
        "Las observaciones cambiaron: de 2 a 1 hechas a tiempo.",
    ]
    assert evidence_digest(gone) != evidence_digest(decided.on(30))


def test_a_later_record_of_the_same_is_another_record() -> None:
    """T13: the digest tells the records apart, not only how many there are."""
    one = of_training(*EVERYTHING).on(30)
    moved = (
        *EVERYTHING[:-1],
        replace(EVERYTHING[-1], answered_on=EVERYTHING[-1].answered_on + timedelta(1)),
    )
    assert evidence_digest(of_training(*moved).on(30)) != evidence_digest(one)


def test_evidence_of_other_rules_is_as_it_always_was() -> None:
    """T14: this text and this digest were frozen before there were trainings."""
    plain = rule(entry=10, exit_=8, contacts=(0,))
    case = Case(
        plain,
        (F1, F3),
        SESSIONS,
        PRESENT,
        (response(Wave.ENTRY, 3), response(Wave.EXIT, 9)),
        (contact(5),),
    )
    result = case.on(12)
    text = evidence_json(result)
    assert "training" not in text
    assert set(json.loads(text)["lines"][0]) == {
        "kind",
        "code",
        "state",
        "required",
        "have",
        "possible",
        "until",
        "deadline",
        "sessions",
        "responses",
        "contacts",
    }
    assert hashlib.sha256(text.encode()).hexdigest() == FROZEN_TEXT
    assert evidence_digest(result) == FROZEN_DIGEST
