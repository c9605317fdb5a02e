"""The command line: one thin file a command."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from types import FrameType

from harmonize.cli.app import app
from harmonize.cli.shared import complain
from harmonize.errors import HarmonizeError


def main() -> None:
    """Run the command line; no traceback reaches a user."""
    interrupted = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        signal.default_int_handler(number, frame)

    try:
        signal.signal(signal.SIGINT, interrupt)
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except SystemExit:
        if interrupted:  # wherever it came: loading, working or reporting
            sys.exit(130)
        raise
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
    finally:
        _be_deaf()


def _be_deaf() -> None:
    """All is done and said; a Ctrl-C while Python takes itself down would be Python's own."""
    for _ in range(2):  # one that has just come is raised by the first
        with contextlib.suppress(KeyboardInterrupt):
            signal.signal(signal.SIGINT, signal.SIG_IGN)


__all__ = ["app", "main"]
