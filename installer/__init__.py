"""From a fresh copy of the folder to a running program, with the standard library alone."""
