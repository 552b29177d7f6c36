"""Ctrl+K finds what is done inside a page by the words a person has for it."""

from __future__ import annotations

from at_the_computer import Person

from facilitator_kit.ui.command_field import plain


def test_words_of_a_task_lead_to_its_place(with_sample: Person) -> None:
    app = with_sample.start()
    window = with_sample.opened(app)
    for typed, page in (
        ("asist", "cohortes"),
        ("encuestas", "cohortes"),
        ("libro de", "graduacion"),
        ("manual", "manual"),
    ):
        window.show_page("hoy")
        with_sample.settle(app)
        window.activateWindow()
        with_sample.qtbot.waitUntil(window.isActiveWindow)
        window.header.start_commands()
        with_sample.qtbot.keyClicks(window.commands.edit, typed)
        with_sample.qtbot.waitUntil(
            lambda words=typed: words in plain(window.commands.entries()[0].title)
        )
        window.commands.entries()[0].run()
        assert window.page_key == page, typed
        with_sample.settle(app)
