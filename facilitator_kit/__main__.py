"""`python -m facilitator_kit`: the same as the installed command."""

import sys

from facilitator_kit.cli import main

sys.exit(main())
