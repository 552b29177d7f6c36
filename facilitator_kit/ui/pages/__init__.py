"""The pages of the main window: one module, or a few with the same beginning, for each."""
