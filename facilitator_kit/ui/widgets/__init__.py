"""The parts that pages are built of. Every constructor takes a `Look` first: hand on your `ctx`."""

from typing import TYPE_CHECKING

from facilitator_kit.late import late

if TYPE_CHECKING:
    from facilitator_kit.ui.widgets.buttons import (
        Button,
        DangerButton,
        IconButton,
        LinkButton,
        PrimaryButton,
        TagButton,
        ToggleButton,
    )
    from facilitator_kit.ui.widgets.cards import ActionRow, Card, EmptyState, Rows, StatTile
    from facilitator_kit.ui.widgets.cells import CellPainter
    from facilitator_kit.ui.widgets.choices import CheckBox, Chips, ComboBox, SearchField, Segments
    from facilitator_kit.ui.widgets.feedback import Bar, BusyBar, ProgressRow, Toast
    from facilitator_kit.ui.widgets.fields import (
        FieldState,
        FormField,
        Invalid,
        MultilineField,
        TextField,
    )
    from facilitator_kit.ui.widgets.labels import (
        Badge,
        EvidenceLine,
        IconLabel,
        KeyValues,
        Label,
        Line,
        Pill,
        Sentence,
        Well,
        breakable,
        restyle,
    )
    from facilitator_kit.ui.widgets.layouts import (
        FlowLayout,
        PageBody,
        Scroll,
        SplitView,
        clear,
        column,
        filled_anew,
        flow,
        holder,
        row,
        spread,
    )
    from facilitator_kit.ui.widgets.menus import Menu
    from facilitator_kit.ui.widgets.options import OptionButton
    from facilitator_kit.ui.widgets.page_text import PageTextEdit, PageTextField
    from facilitator_kit.ui.widgets.picks import PickField, fits_picks
    from facilitator_kit.ui.widgets.records import (
        Column,
        PagedModel,
        RecordModel,
        Request,
        TableModel,
    )
    from facilitator_kit.ui.widgets.tables import RecordTable
    from facilitator_kit.ui.widgets.typed_fields import (
        CheckField,
        ChoiceField,
        DateField,
        NumberField,
        TimeField,
    )
else:
    __getattr__ = late(
        __name__,
        {
            "buttons": (
                "Button",
                "DangerButton",
                "IconButton",
                "LinkButton",
                "PrimaryButton",
                "TagButton",
                "ToggleButton",
            ),
            "cards": ("ActionRow", "Card", "EmptyState", "Rows", "StatTile"),
            "cells": ("CellPainter",),
            "choices": ("CheckBox", "Chips", "ComboBox", "SearchField", "Segments"),
            "feedback": ("Bar", "BusyBar", "ProgressRow", "Toast"),
            "fields": ("FieldState", "FormField", "Invalid", "MultilineField", "TextField"),
            "labels": (
                "Badge",
                "EvidenceLine",
                "IconLabel",
                "KeyValues",
                "Label",
                "Line",
                "Pill",
                "Sentence",
                "Well",
                "breakable",
                "restyle",
            ),
            "layouts": (
                "FlowLayout",
                "PageBody",
                "Scroll",
                "SplitView",
                "clear",
                "column",
                "filled_anew",
                "flow",
                "holder",
                "row",
                "spread",
            ),
            "menus": ("Menu",),
            "options": ("OptionButton",),
            "page_text": ("PageTextEdit", "PageTextField"),
            "picks": ("PickField", "fits_picks"),
            "records": ("Column", "PagedModel", "RecordModel", "Request", "TableModel"),
            "tables": ("RecordTable",),
            "typed_fields": ("CheckField", "ChoiceField", "DateField", "NumberField", "TimeField"),
        },
    )

__all__ = [
    "ActionRow",
    "Badge",
    "Bar",
    "BusyBar",
    "Button",
    "Card",
    "CellPainter",
    "CheckBox",
    "CheckField",
    "Chips",
    "ChoiceField",
    "Column",
    "ComboBox",
    "DangerButton",
    "DateField",
    "EmptyState",
    "EvidenceLine",
    "FieldState",
    "FlowLayout",
    "FormField",
    "IconButton",
    "IconLabel",
    "Invalid",
    "KeyValues",
    "Label",
    "Line",
    "LinkButton",
    "Menu",
    "MultilineField",
    "NumberField",
    "OptionButton",
    "PageBody",
    "PageTextEdit",
    "PageTextField",
    "PagedModel",
    "PickField",
    "Pill",
    "PrimaryButton",
    "ProgressRow",
    "RecordModel",
    "RecordTable",
    "Request",
    "Rows",
    "Scroll",
    "SearchField",
    "Segments",
    "Sentence",
    "SplitView",
    "StatTile",
    "TableModel",
    "TagButton",
    "TextField",
    "TimeField",
    "Toast",
    "ToggleButton",
    "Well",
    "breakable",
    "clear",
    "column",
    "filled_anew",
    "fits_picks",
    "flow",
    "holder",
    "restyle",
    "row",
    "spread",
]
