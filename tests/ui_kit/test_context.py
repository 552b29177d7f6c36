"""What was stored is told to every page, and to none once nobody can read any more."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from facilitator_kit.ui.context import UiContext


def test_what_the_worker_stores_is_told_where_widgets_live(qtbot: QtBot, ctx: UiContext) -> None:
    told: list[object] = []
    ctx.changed.connect(told.append)
    ctx.jobs.run(lambda: ctx.notify("cambio"), lambda _none: None)
    qtbot.waitUntil(lambda: told == ["cambio"])


def test_what_is_stored_while_closing_is_told_to_nobody(qtbot: QtBot, ctx: UiContext) -> None:
    def read_again(_change: object) -> None:
        read.append(ctx.jobs.run(lambda: None, lambda _none: None))

    read: list[object] = []
    ctx.changed.connect(read_again)
    ctx.jobs.run(lambda: ctx.notify("cambio"), lambda _none: None)
    ctx.jobs.close()
    with qtbot.captureExceptions() as exceptions:
        qtbot.wait(20)
    assert not exceptions
    assert not read
