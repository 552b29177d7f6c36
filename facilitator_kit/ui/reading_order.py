"""Tab goes through a window as one reads it, whenever each of its parts was made.

Qt's own order is that in which widgets were made: a form that is shown anew for another person
would come last, after the buttons that stand below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QLayout,
    QScrollArea,
    QSplitter,
    QWidget,
)


def go_on(window: QWidget, onward: bool) -> bool:
    """Give the keyboard to what is read next in the window (or before), and bring it into sight.

    For `focusNextPrevChild` of a window; False where nothing takes the keyboard. Qt also asks when
    what has the keyboard is hidden or disabled: the keyboard then stays as near as it can.
    """
    # PySide's stubs promise a widget; Qt answers None where nothing has the keyboard.
    focus = cast("QWidget | None", window.focusWidget())
    gone = focus is not None and not (focus.isVisible() and focus.isEnabled())
    found = _nearest(focus, window) if focus is not None and gone else None
    if found is None:
        order = list(_parts_of(window))
        stops = [place for place, part in enumerate(order) if _takes_tab(part)]
        if not stops:
            return False
        here = _place_of(focus, order)
        if onward:
            target = next((place for place in stops if place > here), stops[0])
        else:
            target = next((place for place in reversed(stops) if place < here), stops[-1])
        found = order[target]
    reason = Qt.FocusReason.TabFocusReason if onward else Qt.FocusReason.BacktabFocusReason
    found.setFocus(reason)
    bring_into_sight(found)
    return True


def _nearest(gone: QWidget, window: QWidget) -> QWidget | None:
    """What follows in the smallest part that still takes the keyboard, or else what precedes."""
    branch, part = gone, gone.parentWidget()
    while part is not None:
        if part.isVisible() and part.isEnabled():
            parts = list(_children(part))
            here = parts.index(branch) if branch in parts else len(parts)
            after = (stop for one in parts[here + 1 :] for stop in _stops(one))
            before = (stop for one in reversed(parts[:here]) for stop in reversed([*_stops(one)]))
            found = next(after, None) or next(before, None)
            if found is not None:
                return found
        if part is window:
            break
        branch, part = part, part.parentWidget()
    return None


def tab_stops(part: QWidget) -> list[QWidget]:
    """What Tab comes to inside a part that is shown, in the order of reading."""
    return [one for one in _parts_of(part) if _takes_tab(one)]


def _stops(part: QWidget) -> Iterator[QWidget]:
    """What Tab comes to in a part, itself included."""
    if not part.isHidden():
        yield from (one for one in (part, *_parts_of(part)) if _takes_tab(one))


def give_keyboard(part: QWidget) -> None:
    """Give the keyboard to a part, and bring it into sight."""
    part.setFocus()
    bring_into_sight(part)


def bring_into_sight(part: QWidget) -> None:
    """Scroll everything that holds a part so that it can be seen."""
    parent = part.parentWidget()
    while parent is not None and not part.isWindow():
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(part)
        if parent.isWindow():
            break
        parent = parent.parentWidget()


def _parts_of(whole: QWidget) -> Iterator[QWidget]:
    """Every widget inside that is not hidden, in the order of reading."""
    for child in _children(whole):
        if not child.isHidden():
            yield child
            yield from _parts_of(child)


def _children(whole: QWidget) -> Iterator[QWidget]:
    """The widgets right inside, as the layouts put them; what is in no layout comes after."""
    seen: set[int] = set()
    for child in [*_placed(whole), *whole.children()]:
        if isinstance(child, QWidget) and id(child) not in seen and not child.isWindow():
            seen.add(id(child))
            yield child


def _placed(whole: QWidget) -> Iterator[QWidget]:
    """What a widget's layout holds, or a splitter, in their order."""
    layout = whole.layout()
    if layout is not None:
        yield from _items(layout)
    elif isinstance(whole, QSplitter):
        for place in range(whole.count()):
            part = whole.widget(place)
            if part is not None:
                yield part


def _items(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _items(inner)


def _place_of(focus: QWidget | None, order: list[QWidget]) -> int:
    """Where the keyboard is: at the widget, or what holds it; before everything where nowhere."""
    while focus is not None:
        if focus in order:
            return order.index(focus)
        focus = focus.parentWidget()
    return -1


def _takes_tab(part: QWidget) -> bool:
    return (
        bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and part.isVisible()
        and part.isEnabled()
        and part.focusProxy() is None
        and not _stands_beside_the_chosen(part)
    )


def _stands_beside_the_chosen(part: QWidget) -> bool:
    """Of several of which one is on, Tab comes to that one; arrow keys go to the others."""
    if not isinstance(part, QAbstractButton):
        return False
    # PySide's stubs promise a group; Qt answers None for a button that stands alone.
    group = cast("QButtonGroup | None", part.group())
    if group is None or not group.exclusive() or part.isChecked():
        return False
    return group.checkedId() != -1
