"""What the tests of the kit share: a look, a worker, and a context over a stand-in history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from stand_in_history import Changes

from facilitator_kit.clock import FixedClock
from facilitator_kit.i18n import Texts
from facilitator_kit.settings import Settings
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.theme import Theme
from facilitator_kit.workspace import Workspace


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme()
    theme.apply(qapp)
    return theme


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    jobs = Jobs(qapp)
    yield jobs
    jobs.close()


@pytest.fixture
def ctx(theme: Theme, jobs: Jobs, changes: Changes) -> UiContext:
    return UiContext(
        workspace=cast("Workspace", changes),
        texts=Texts("es"),
        theme=theme,
        icons=Icons(theme),
        jobs=jobs,
        settings=Settings(None),
        clock=FixedClock(datetime.fromisoformat("2026-11-23T09:00")),
    )
