"""Use cases: everything that a screen or a command may ask for."""

from facilitator_kit.workspace.opening import Front, NewInstitution, Opened, Workspace

__all__ = ["Front", "NewInstitution", "Opened", "Workspace"]
