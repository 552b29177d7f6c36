"""Ctrl+K finds what is done inside a page by the words a person has for it."""

from __future__ import annotations

from at_the_computer import Person

from facilitator_kit.ui.command_field import plain
from facilitator_kit.ui.pages.curriculum_page import CurriculumPage


def test_words_of_a_task_lead_to_its_place(with_sample: Person) -> None:
    app = with_sample.start()
    window = with_sample.opened(app)
    for typed, page in (
        ("asist", "cohortes"),
        ("encuestas", "cohortes"),
        ("libro de", "graduacion"),
        ("manual", "manual"),
        ("feriado", "ajustes"),
        ("idioma", "ajustes"),
    ):
        window.show_page("hoy")
        with_sample.settle(app)
        window.activateWindow()
        with_sample.qtbot.waitUntil(window.isActiveWindow)
        window.header.start_commands()
        with_sample.qtbot.keyClicks(window.commands.edit, typed)
        with_sample.qtbot.waitUntil(
            lambda words=typed: any(
                words in plain(f"{first.title} {first.words}")
                for first in window.commands.entries()[:1]
            )
        )
        window.commands.entries()[0].run()
        with_sample.settle(app)
        assert window.page_key == page, typed


def test_words_of_a_guide_lead_to_where_they_stand(with_sample: Person) -> None:
    app = with_sample.start()
    window = with_sample.opened(app)
    window.show_page("hoy")
    with_sample.settle(app)
    window.activateWindow()
    with_sample.qtbot.waitUntil(window.isActiveWindow)
    window.header.start_commands()
    with_sample.qtbot.keyClicks(window.commands.edit, "silla que decide")
    with_sample.qtbot.waitUntil(
        lambda: "Mi presupuesto, mi decisión" in [e.title for e in window.commands.entries()],
        timeout=20_000,
    )
    found = {entry.title: entry for entry in window.commands.entries()}
    assert found["Mi presupuesto, mi decisión"].detail == "Sesión · La silla que decide"
    found["Mi presupuesto, mi decisión"].run()
    with_sample.settle(app)
    assert window.page_key == "curriculo"
    page = window.page
    assert isinstance(page, CurriculumPage)
    with_sample.qtbot.waitUntil(lambda: page.session is not None, timeout=20_000)
    assert page.guide.outline.current == "block-2"
    with_sample.settle(app)
