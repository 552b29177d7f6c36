"""The screens: the only part of the program that knows Qt."""

from facilitator_kit.ui.plain_imports import give_back
from facilitator_kit.ui.singletons import keep_alive

# Before the first Qt call of anything in this package, whoever imports it first.
keep_alive()
give_back()
