"""The command line: one thin file a command."""

from __future__ import annotations

import os
import sys

from harmonize.cli.app import app
from harmonize.cli.shared import complain
from harmonize.errors import HarmonizeError


def main() -> None:
    """Run the command line; no traceback reaches a user."""
    try:
        app()
    except HarmonizeError as error:
        complain(error)
        sys.exit(error.exit_code)
    except Exception as error:
        if os.environ.get("HARMONIZE_DEBUG"):
            raise
        sys.stderr.write(
            f"harmonize met a fault of its own ({type(error).__name__}: {error}). Please report "
            "it; with HARMONIZE_DEBUG=1 before the command it shows where.\n"
        )
        sys.exit(1)


__all__ = ["app", "main"]
