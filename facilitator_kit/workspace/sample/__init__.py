"""The sample institution: fictitious people living through the public use cases."""

from facilitator_kit.workspace.sample.maker import SampleMade, make_sample
from facilitator_kit.workspace.sample.placing import place_sample

__all__ = ["SampleMade", "make_sample", "place_sample"]
