"""Kit de Facilitación: an offline toolkit for second-chance education."""

__version__ = "0.1.0"
