"""A pipe of programs that is kept running and answers text for text, NUL for NUL.

Apertium's programs flush at a NUL when started with ``-z``; so a pipe started once serves any
number of segments, and no words of one can bleed into the next.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
import threading
import weakref
from collections.abc import Sequence
from typing import IO

from harmonize.errors import EngineFailed

Stage = tuple[str, ...]
"""A program and its arguments."""

NUL = b"\0"
SILENCE_SECONDS = 20.0
"""How long a pipe may say nothing before it counts as hung; an answer takes milliseconds."""


class Pipe:
    """Programs connected output to input; started at the first use, and again after a failure."""

    def __init__(
        self, stages: Sequence[Stage], silence: float = SILENCE_SECONDS, ending: str = ""
    ) -> None:
        """*ending* is what every answer ends with, where the texts do: without it, it was cut."""
        self.stages = tuple(stages)
        self.silence = silence
        self.ending = ending
        self._processes: list[subprocess.Popen[bytes]] = []
        # Nobody has to remember to close a pipe: it ends with its owner or with Python.
        weakref.finalize(self, _end, self._processes)

    def run(self, texts: Sequence[str]) -> list[str]:
        """One answer for each text, in order; raises `EngineFailed` when the pipe dies or hangs.

        >>> pipe = Pipe([("cat",)])
        >>> pipe.run(["Hola", ""])
        ['Hola', '']
        >>> pipe.close()
        """
        if not texts:
            return []
        self._start()
        payload = b"".join(text.encode(errors="replace") + NUL for text in texts)
        # Writing beside reading: each end holds only so much, and would wait for the other.
        writer = threading.Thread(target=_feed, args=(self._stdin(), payload), daemon=True)
        writer.start()
        try:
            return self._read(len(texts))
        except BaseException:
            self.close()  # half an answer is left in it: start anew
            raise
        finally:
            writer.join()

    def close(self) -> None:
        """End all programs; the next `run` starts new ones."""
        _end(self._processes)

    def _start(self) -> None:
        if self._processes and all(process.poll() is None for process in self._processes):
            return
        self.close()
        before: int | IO[bytes] | None = subprocess.PIPE
        for stage in self.stages:
            try:
                process = subprocess.Popen(  # noqa: S603 - stages come from installed modes
                    stage,
                    stdin=before,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    bufsize=0,
                    start_new_session=True,  # Ctrl-C is for us to handle, not for the programs
                )
            except OSError as error:
                self.close()
                raise EngineFailed(f"{stage[0]} cannot be started: {error}.") from error
            self._processes.append(process)
            before = process.stdout

    def _stdin(self) -> IO[bytes]:
        stdin = self._processes[0].stdin
        assert stdin is not None  # noqa: S101 - opened as a pipe above
        return stdin

    def _read(self, count: int) -> list[str]:
        stdout = self._processes[-1].stdout
        assert stdout is not None  # noqa: S101 - opened as a pipe above
        received = bytearray()
        missing = count
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            while missing:
                if not selector.select(self.silence):
                    raise EngineFailed(f"{self._name()} gave no answer for {self.silence:g} s.")
                chunk = os.read(stdout.fileno(), 1 << 16)
                if not chunk:
                    raise EngineFailed(f"{self._name()} ended in the middle of a batch.")
                missing -= chunk.count(NUL)
                received += chunk
        answers = [answer.decode(errors="replace") for answer in bytes(received).split(NUL)[:count]]
        # What follows a dead program in the pipe ends its own output with a NUL: no answer.
        dead = any(process.poll() is not None for process in self._processes)
        if dead or not all(answer.endswith(self.ending) for answer in answers):
            raise EngineFailed(f"{self._name()} ended in the middle of a batch.")
        return answers

    def _name(self) -> str:
        return self.stages[0][0]


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Kill, await and forget all of *processes*."""
    for process in processes:
        process.kill()
    while processes:
        process = processes.pop()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not sent to a dead program
                    stream.close()


def _feed(stdin: IO[bytes], payload: bytes) -> None:
    """Write all of *payload*; a program that died is the reader's to report."""
    with contextlib.suppress(OSError, ValueError):
        view = memoryview(payload)
        while view:
            view = view[stdin.write(view) or 0 :]
