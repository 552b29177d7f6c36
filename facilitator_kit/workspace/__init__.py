"""Use cases: everything that a screen or a command may ask for."""

from typing import TYPE_CHECKING

from facilitator_kit.late import late

if TYPE_CHECKING:
    from facilitator_kit.workspace.front import Front
    from facilitator_kit.workspace.opening import NewInstitution, Opened, Workspace
else:
    __getattr__ = late(
        __name__, {"front": ("Front",), "opening": ("NewInstitution", "Opened", "Workspace")}
    )

__all__ = ["Front", "NewInstitution", "Opened", "Workspace"]
