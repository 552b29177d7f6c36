"""The one Qt style sheet, made from the tokens of a theme and a text size.

Widgets say what they are with the dynamic properties `role`, `tone` and `kind`; how that looks is
decided here and nowhere else.
"""

from __future__ import annotations

from typing import Protocol

from facilitator_kit.ui.tokens import TONES, Tokens, back, front


class Px(Protocol):
    """A design length at the text size; `more` real pixels make room for a thicker border."""

    def __call__(self, length: float, more: int = 0) -> str: ...


def stylesheet(tokens: Tokens, scale: int) -> str:
    """The style sheet of a theme at a text size in percent."""

    def px(length: float, more: int = 0) -> str:
        return f"{max(round(length * scale / 100) + more, 0)}px"

    parts = [
        _base(tokens, px),
        _labels(tokens, px),
        _buttons(tokens, px),
        _fields(tokens, px),
        _lists(tokens, px),
        _window(tokens, px),
    ]
    return "\n".join(parts)


def _base(t: Tokens, px: Px) -> str:
    return f"""
QWidget {{ color: {t.text}; }}
QMainWindow, QWidget[kind="ground"] {{ background: {t.ground}; }}
QDialog {{ background: {t.surface}; }}
QToolTip {{
  background: {t.text}; color: {t.surface}; border: 1px solid {t.surface};
  padding: {px(4)} {px(8)};
}}
QFrame[kind="card"] {{
  background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(12)};
}}
QFrame[kind="card"][selected="true"] {{ border: 2px solid {t.primary}; }}
QFrame[kind="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[kind="well"] {{ border: none; border-radius: {px(8)}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}; margin: 0; border: none; }}
QScrollBar::handle {{ background: {t.control_line}; border-radius: {px(3)}; margin: {px(3)}; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QMenu {{
  background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(8)}; padding: {px(4)};
}}
QMenu::item {{ padding: {px(8)} {px(16)} {px(8)} {px(12)}; border-radius: {px(6)}; }}
QMenu::item:selected {{ background: {t.primary_soft}; color: {t.primary}; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::icon {{ padding-left: {px(8)}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(4)} {px(8)}; }}
"""


def _labels(t: Tokens, px: Px) -> str:
    tones = "".join(
        f'QLabel[tone="{tone}"] {{ color: {t.value(front(tone))}; }}\n'
        f'QLabel[kind="pill"][tone="{tone}"] {{ background: {t.value(back(tone))}; }}\n'
        f'QFrame[kind="well"][tone="{tone}"] {{ background: {t.value(back(tone))}; }}\n'
        f'QFrame[kind="well"][tone="{tone}"] QLabel {{ color: {t.value(front(tone))}; }}\n'
        for tone in TONES
    )
    return f"""
QLabel {{ background: transparent; border: none; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="small"] {{ color: {t.muted}; font-size: {px(12)}; }}
QLabel[role="small-strong"] {{ font-size: {px(12)}; font-weight: 600; }}
QLabel[role="card-title"] {{ font-size: {px(15)}; font-weight: 700; }}
QLabel[role="page-title"] {{ font-size: {px(22)}; font-weight: 700; }}
QLabel[role="figure"] {{ font-size: {px(26)}; font-weight: 700; }}
QLabel[kind="pill"] {{
  font-size: {px(12)}; font-weight: 600; border-radius: {px(10)};
  min-height: {px(16)}; padding: {px(2)} {px(9)};
}}
{tones}
"""


def _buttons(t: Tokens, px: Px) -> str:
    return f"""
QPushButton {{
  background: {t.surface}; color: {t.text}; border: 1px solid {t.line};
  border-radius: {px(8)}; padding: {px(8)} {px(14)}; min-height: {px(20)}; font-weight: 600;
  outline: none;
}}
QPushButton:hover {{ background: {t.ground}; border-color: {t.control_line}; }}
QPushButton:pressed {{ background: {t.primary_soft}; }}
QPushButton:disabled {{ color: {t.muted}; border-color: {t.line}; background: {t.ground}; }}
QPushButton:focus {{
  border: 2px solid {t.primary}; padding: {px(8, -1)} {px(14, -1)};
}}
QPushButton[kind="primary"] {{
  background: {t.primary}; color: {t.on_primary}; border-color: {t.primary}; font-weight: 700;
}}
QPushButton[kind="primary"]:hover {{ background: {t.primary_strong}; }}
QPushButton[kind="primary"]:disabled {{
  background: {t.track}; color: {t.muted}; border-color: {t.track};
}}
QPushButton[kind="danger"] {{ color: {t.bad}; border-color: {t.bad}; }}
QPushButton[small="true"] {{ padding: {px(5)} {px(10)}; }}
QPushButton[small="true"]:focus {{ padding: {px(5, -1)} {px(10, -1)}; }}
QPushButton[kind="icon"] {{
  padding: {px(8)}; border-color: transparent; background: transparent; min-width: {px(20)};
}}
QPushButton[kind="icon"]:hover {{ background: {t.primary_soft}; }}
QPushButton[kind="icon"]:focus {{ border-color: {t.primary}; padding: {px(8, -1)}; }}
QPushButton[kind="icon"][small="true"] {{ padding: {px(3)}; }}
QPushButton[kind="icon"][small="true"]:focus {{ padding: {px(3, -1)}; }}
QPushButton[kind="link"] {{
  background: transparent; border-color: transparent; color: {t.primary};
  padding: {px(2)} {px(4)}; text-decoration: underline; text-align: left;
}}
QPushButton[kind="link"]:hover {{ color: {t.primary_strong}; }}
QPushButton[kind="link"]:focus {{ border-color: {t.primary}; padding: {px(2, -1)} {px(4, -1)}; }}
QPushButton[kind="chip"] {{
  background: transparent; border-color: transparent; border-radius: {px(11)};
  padding: {px(3)} {px(10)}; min-height: {px(16)}; font-size: {px(12)};
}}
QPushButton[kind="chip"]:hover {{ background: {t.ground}; }}
QPushButton[kind="chip"]:checked {{ background: {t.primary_soft}; color: {t.primary}; }}
QPushButton[kind="chip"]:focus {{
  border-color: {t.primary}; padding: {px(3, -1)} {px(10, -1)};
}}
QPushButton[kind="pick"] {{
  border-color: {t.control_line}; border-radius: {px(14)}; padding: {px(4)} {px(12)};
}}
QPushButton[kind="pick"]:checked {{
  background: {t.primary_soft}; color: {t.primary}; border-color: {t.primary};
}}
QPushButton[kind="pick"]:focus {{
  border-color: {t.primary}; padding: {px(4, -1)} {px(12, -1)};
}}
QPushButton[kind="filter"] {{
  background: transparent; border-color: {t.line}; border-radius: {px(11)};
  padding: {px(2)} {px(24)} {px(2)} {px(10)}; min-height: {px(18)}; font-size: {px(12)};
}}
QPushButton[kind="filter"]:hover {{ background: {t.surface}; border-color: {t.control_line}; }}
QPushButton[kind="filter"][on="true"] {{
  background: {t.primary_soft}; border-color: {t.primary_soft}; color: {t.primary};
}}
QPushButton[kind="filter"]:focus {{
  border-color: {t.primary}; padding: {px(2, -1)} {px(24, -1)} {px(2, -1)} {px(10, -1)};
}}
QPushButton[kind="tag"] {{
  background: transparent; border-color: {t.line}; border-radius: {px(11)};
  padding: {px(2)} {px(10)}; min-height: {px(18)}; font-size: {px(12)};
}}
QPushButton[kind="tag"]:hover {{ background: {t.ground}; border-color: {t.control_line}; }}
QPushButton[kind="tag"]:focus {{
  border-color: {t.primary}; padding: {px(2, -1)} {px(10, -1)};
}}
QPushButton[kind="outline"] {{
  background: transparent; border-color: transparent; border-radius: {px(8)};
  padding: {px(3)} {px(5)}; min-height: {px(18)}; font-size: {px(12)};
}}
QPushButton[kind="outline"]:hover {{ background: {t.ground}; }}
QPushButton[kind="outline"]:checked {{ background: {t.primary_soft}; color: {t.primary}; }}
QPushButton[kind="outline"]:focus {{
  border-color: {t.primary}; padding: {px(3, -1)} {px(5, -1)};
}}
QPushButton[kind="segment"] {{
  background: transparent; border-color: transparent; padding: {px(6)} {px(14)}; color: {t.muted};
}}
QPushButton[kind="segment"]:hover {{ color: {t.text}; }}
QPushButton[kind="segment"]:checked {{ background: {t.primary_soft}; color: {t.primary}; }}
QPushButton[kind="segment"]:focus {{
  border-color: {t.primary}; padding: {px(6, -1)} {px(14, -1)};
}}
QPushButton::menu-indicator {{ width: 0; image: none; }}
"""


def _fields(t: Tokens, px: Px) -> str:
    every = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox"
    focus = ", ".join(f"{name}:focus" for name in every.split(", "))
    bad = ", ".join(f'{name}[invalid="true"]' for name in every.split(", "))
    bad_focus = ", ".join(f'{name}[invalid="true"]:focus' for name in every.split(", "))
    off = ", ".join(f"{name}:disabled" for name in every.split(", "))
    return f"""
{every} {{
  background: {t.surface}; color: {t.text}; border: 1px solid {t.control_line};
  border-radius: {px(8)}; padding: {px(6)} {px(10)}; min-height: {px(22)};
  selection-background-color: {t.primary}; selection-color: {t.on_primary};
}}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {t.muted}; }}
{focus} {{ border: 2px solid {t.primary}; padding: {px(6, -1)} {px(10, -1)}; }}
{bad} {{ border: 1px solid {t.bad}; }}
{bad_focus} {{
  border: 2px solid {t.bad}; background: {t.bad_soft}; padding: {px(6, -1)} {px(10, -1)};
}}
{off} {{ color: {t.muted}; background: {t.ground}; border-color: {t.line}; }}
QLineEdit[kind="bare"], QTextEdit[kind="bare"], QTextBrowser[kind="bare"] {{
  background: transparent; border: none; padding: 0;
}}
QComboBox {{ padding-right: {px(32)}; combobox-popup: 0; }}
QComboBox:focus, QComboBox[invalid="true"]:focus {{ padding-right: {px(31)}; }}
QComboBox::drop-down {{ border: none; width: {px(30)}; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox[kind="context"] {{ border-color: {t.line}; }}
QComboBox[kind="context"]:focus {{ border-color: {t.primary}; }}
QComboBox QAbstractItemView {{
  background: {t.surface}; border: 1px solid {t.line}; padding: {px(4)}; outline: none;
  selection-background-color: {t.primary_soft}; selection-color: {t.primary};
}}
QComboBox QAbstractItemView::item {{ min-height: {px(30)}; padding: 0 {px(8)}; }}
QCheckBox, QRadioButton {{
  spacing: {px(10)}; padding: {px(4)}; background: transparent; outline: none;
}}
QCheckBox::indicator {{
  width: {px(20)}; height: {px(20)}; image: none; border: none; background: transparent;
}}
QFrame[kind="search"] {{
  background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(8)};
}}
QFrame[kind="search"][focused="true"] {{ border: 2px solid {t.primary}; }}
QCalendarWidget QWidget {{ background: {t.surface}; alternate-background-color: {t.ground}; }}
QCalendarWidget QAbstractItemView:enabled {{
  color: {t.text}; selection-background-color: {t.primary}; selection-color: {t.on_primary};
}}
QCalendarWidget QToolButton {{
  color: {t.text}; padding: {px(6)}; border-radius: {px(6)}; font-weight: 600;
}}
QCalendarWidget QToolButton:focus {{ border: 2px solid {t.primary}; }}
"""


def _lists(t: Tokens, px: Px) -> str:
    return f"""
QTableView, QListView, QTreeView {{
  background: transparent; border: none; outline: none; gridline-color: transparent;
  selection-background-color: {t.primary_soft}; selection-color: {t.text};
}}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
  background: transparent; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
  padding: {px(8)} {px(8)}; font-size: {px(12)}; font-weight: 600;
}}
QTableCornerButton::section {{ background: transparent; border: none; }}
"""


def _window(t: Tokens, px: Px) -> str:
    return f"""
QFrame[kind="rail"] {{
  background: {t.surface}; border: none; border-right: 1px solid {t.line}; border-radius: 0;
}}
QLabel[kind="badge"] {{
  background: {t.primary}; color: {t.on_primary}; border-radius: {px(8)}; font-weight: 700;
}}
QPushButton[kind="rail"] {{
  background: transparent; border: 1px solid transparent; border-radius: {px(8)};
  text-align: left; padding: {px(7)} {px(10)}; font-weight: 400;
}}
QPushButton[kind="rail"][small="true"] {{ padding: {px(3)} 0; text-align: center; }}
QPushButton[kind="rail"]:hover {{ background: {t.ground}; }}
QPushButton[kind="rail"]:checked {{
  background: {t.primary_soft}; color: {t.primary}; font-weight: 700;
}}
QPushButton[kind="rail"]:focus {{
  border: 2px solid {t.primary}; padding: {px(7, -1)} {px(10, -1)};
}}
QPushButton[kind="rail"][small="true"]:focus {{ padding: {px(3, -1)} 0; }}
QFrame[kind="toast"] {{
  background: {t.text}; border: none; border-radius: {px(8)};
}}
QFrame[kind="toast"] QLabel {{ color: {t.surface}; }}
QFrame[kind="practice"] {{
  background: {t.attention_soft}; border: none; border-bottom: 2px solid {t.attention};
  border-radius: 0;
}}
QFrame[kind="practice"] QLabel {{ color: {t.attention}; }}
QFrame[kind="strip"] {{
  background: {t.surface}; border: none; border-left: 2px solid {t.attention}; border-radius: 0;
}}
QFrame[kind="busy"] {{
  background: {t.surface}; border: none; border-top: 1px solid {t.line}; border-radius: 0;
}}
QFrame[kind="popup"] {{
  background: {t.surface}; border: 1px solid {t.control_line}; border-radius: {px(8)};
}}
QLabel[kind="key"] {{
  background: {t.ground}; color: {t.muted}; border: 1px solid {t.line};
  border-radius: {px(4)}; padding: {px(1)} {px(5)}; font-size: {px(11)}; font-weight: 600;
}}
"""
