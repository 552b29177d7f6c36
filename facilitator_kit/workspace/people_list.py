"""The people list as the store reads it: a page of rows, each with her current cohort."""

from facilitator_kit.store import PeoplePage, PersonRow

__all__ = ["PeoplePage", "PersonRow"]
