"""What the kit costs in time and memory, and what its peers cost for the same work in one run."""
