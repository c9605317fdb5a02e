"""Learn from the examples of a corpus for so many minutes; leave weights that can be used.

    python training/train.py --data FOLDER --into FOLDER --minutes 22

*data* is an unpacked ``corpus.tar``.  In *into* are, at any time after the first few minutes, the
averaged weights in parts, with their sums; ``log.jsonl``; and ``state.pt``, from which the same
command goes on where it was stopped.  Only PyTorch, NumPy and SentencePiece are needed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import os
import shutil
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import batches
import settings as settings_file
import torch
import weights
from batches import Batch, Examples, Plan
from dev import Dev
from model import PADDING, Transformer
from settings import Settings
from torch import Tensor, nn
from torch.nn import functional

CHECK = 25
"""Steps between two looks at the clock, for which the device has to be waited for."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True, help="of this whole program")
    parser.add_argument("--eager", action="store_true", help="do not try torch.compile")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    run = Run.prepare(options.data, options.into, options.minutes, eager=options.eager)
    run.learn()
    return 0


@dataclass
class Clock:
    """Seconds: of the budget, used by earlier runs, and when learning began in this one."""

    budget: float
    used: float = 0.0
    begun: float = field(default_factory=time.monotonic)

    def seconds(self) -> float:
        """Seconds of learning so far, all runs together."""
        return self.used + time.monotonic() - self.begun


class Loss(nn.Module):
    """How far the scores are from what should be said, per piece."""

    def __init__(self, model: Transformer, smoothing: float) -> None:
        super().__init__()
        self.scores, self.smoothing = model.scores, smoothing

    def forward(self, states: Tensor, wanted: Tensor) -> Tensor:
        """The mean over all pieces that are no padding."""
        return functional.cross_entropy(
            self.scores(states).flatten(0, 1),
            wanted.flatten(),
            ignore_index=PADDING,
            label_smoothing=self.smoothing,
        )


class Run:
    """One training: model, optimizer, average, clock, and where all of it is kept."""

    def __init__(self, settings: Settings, examples: Examples, dev: Dev, into: Path) -> None:
        self.settings, self.into, self.dev = settings, into, dev
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(settings.seed)
        torch.set_float32_matmul_precision("high")
        shape, training = settings.shape, settings.training
        # Generated lines may grow longer than any that are learnt.
        model = Transformer(shape, settings.pieces, 2 * training.lengths[-1])
        self.model = model.to(self.device)
        self.loss = Loss(self.model, training.smoothing)
        self.average = [p.detach().clone() for p in self.model.parameters()]
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(),
            lr=training.rate,
            betas=(0.9, 0.98),
            eps=1e-9,
            weight_decay=0.01,
            fused=self.device.type == "cuda",
        )
        self.examples = examples.to(self.device)
        self.plan = Plan(
            examples.longest(), examples.weight, training.lengths, training.tokens, settings.seed
        )
        self.step = self.passes = self.at = 0
        self.slower = 1.0
        self.clock = Clock(0.0)

    @classmethod
    def prepare(cls, data: Path, into: Path, minutes: float, *, eager: bool) -> Run:
        """Read *data*, find the fastest way to run, and go on from a saved state, if any."""
        begun = time.monotonic()
        settings = settings_file.read(data / "settings.toml")
        pieces = (data / "pieces.model").read_bytes()
        text = lzma.decompress((data / "examples.tsv.xz").read_bytes()).decode()
        lines = text.splitlines()
        processes = min(16, os.cpu_count() or 1)
        examples = batches.read(lines, pieces, settings.training.lengths[-1], processes)
        dev = Dev.read(data / "dev.tsv", pieces, settings.training.dev_lines)
        run = cls(settings, examples, dev, into)
        counts = (len(lines), len(examples.start), len(examples.pieces))
        run.report(event="read", lines=counts[0], examples=counts[1], pieces=counts[2])
        if run.device.type == "cuda" and not eager:
            run.quicken()
        run.clock = Clock(60 * minutes - (time.monotonic() - begun))
        run.restore()
        return run

    # --- learning -------------------------------------------------------------------------

    def learn(self) -> None:
        """Step after step until the time or the steps are used up; saves now and then."""
        training, saved, logged = self.settings.training, time.monotonic(), time.monotonic()
        total, tokens = torch.zeros((), device=self.device), 0
        planned = self.plan.batches(self.passes)
        while (share := self.share()) < 1:
            if self.at == len(planned):
                self.passes, self.at = self.passes + 1, 0
                planned = self.plan.batches(self.passes)
            width, rows = planned[self.at]
            total += self.one_step(self.cut(width, rows), self.rate(share))
            tokens += width * len(rows)
            self.step, self.at = self.step + 1, self.at + 1
            if self.step % CHECK == 0 and self.device.type == "cuda":
                torch.cuda.synchronize()
            if self.step % training.report == 0:
                seconds, logged = time.monotonic() - logged, time.monotonic()
                self.look(total.item() / training.report, share, tokens / seconds)
                total, tokens = torch.zeros((), device=self.device), 0
            if self.step % training.evaluate == 0:
                self.evaluate()
            if time.monotonic() - saved > 60 * training.save_minutes:
                self.save()
                saved = time.monotonic()
        self.save()
        self.evaluate(everything=True)

    def one_step(self, batch: Batch, rate: float) -> Tensor:
        """Learn one batch; the loss stays on the device."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss = self.backward(batch)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        share = max(1 - self.settings.training.average, 1 / (self.step + 1))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, list(self.model.parameters()), share)
        return loss.detach()

    def backward(self, batch: Batch) -> Tensor:
        """The loss of *batch*, its gradients left on the parameters."""
        with self.half_precision():
            memory = self.model.encode(batch.source, batch.mask)
            loss: Tensor = self.loss(
                self.model.decode(batch.target, memory, batch.mask), batch.wanted
            )
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    def cut(self, width: int, rows: batches.Numbers) -> Batch:
        """A batch on the device."""
        return self.examples.batch(torch.from_numpy(rows).to(self.device), width)

    def half_precision(self) -> AbstractContextManager[Any]:
        """bf16 on a GPU; a CPU computes as it is."""
        if self.device.type == "cuda":
            return torch.autocast("cuda", dtype=torch.bfloat16)
        return nullcontext()

    def share(self) -> float:
        """How much of the run is over: by steps where there is a number of them, else by time."""
        by_time = self.clock.seconds() / max(self.clock.budget, 1e-9)
        steps = self.settings.training.steps
        return self.step / steps if steps and by_time < 1 else by_time

    def rate(self, share: float) -> float:
        """The learning rate: up in a line, then down along a cosine to nothing.

        A time-bound run warms up over a share of its time, so a slow machine takes fewer steps.
        """
        training = self.settings.training
        rise = min(1.0, share / training.warmup)
        fall = max(0.0, (share - training.warmup) / (1 - training.warmup))
        return training.rate * self.slower * min(rise, 0.5 * (1 + math.cos(math.pi * fall)))

    def look(self, loss: float, share: float, speed: float) -> None:
        """Report; where the loss is no number any more, go back to what was saved.

        The rate is halved; neither the clock nor the count of steps goes back.
        """
        self.report(step=self.step, share=round(share, 4), loss=round(loss, 4), speed=round(speed))
        if math.isfinite(loss):
            return
        self.slower /= 2
        self.report(event="not finite: back to the last state", slower=self.slower)
        step = self.step
        if not self.restore():
            raise SystemExit("The loss is no number before anything was saved; lower the rate.")
        self.step = max(step, self.step)

    # --- speed ----------------------------------------------------------------------------

    def quicken(self) -> None:
        """Compile the layers if that works here and is faster."""
        width = self.settings.training.lengths[len(self.settings.training.lengths) // 2]
        parts: list[nn.Module] = [*self.model.encoder, *self.model.decoder, self.loss]
        eager = self.seconds_for(width)
        try:
            for part in parts:
                part.compile(dynamic=True)
            for each in self.settings.training.lengths:
                self.seconds_for(each, times=1)
            compiled = self.seconds_for(width)
        except Exception as error:  # noqa: BLE001 - whatever a compiler raises
            compiled = math.inf
            self.report(event="torch.compile failed", error=str(error)[:300])
        if compiled > eager:
            for part in parts:
                part._compiled_call_impl = None
        self.report(event="speed", eager=round(eager, 4), compiled=round(compiled, 4))
        torch.manual_seed(self.settings.seed)

    def seconds_for(self, width: int, times: int = 5) -> float:
        """Seconds of a batch of *width*, forward and backward, the first one not counted."""
        rows = torch.arange(self.plan.rows(width)).remainder(len(self.plan.longest)).numpy()
        batch = self.cut(width, rows)
        begun = 0.0
        for number in range(times + 1):
            self.backward(batch)
            self.optimizer.zero_grad(set_to_none=True)
            torch.cuda.synchronize()
            begun = begun if number else time.monotonic()
        return (time.monotonic() - begun) / times

    # --- what is kept ---------------------------------------------------------------------

    def evaluate(self, *, everything: bool = False) -> None:
        """Translate development lines with the averaged weights; *everything*: all of them."""
        live = [p.detach().clone() for p in self.model.parameters()]
        self.load(self.average)
        self.model.eval()
        with self.half_precision(), torch.no_grad(), torch.compiler.set_stance("force_eager"):
            scores = self.dev.scores(self.model, self.device, self.into, everything=everything)
        self.model.train()
        self.load(live)
        self.report(event="dev", step=self.step, seconds=round(self.clock.seconds()), **scores)

    def load(self, values: list[Tensor]) -> None:
        """Put *values* into the parameters."""
        with torch.no_grad():
            torch._foreach_copy_(list(self.model.parameters()), values)

    def save(self) -> None:
        """The averaged weights, for use, and the whole state, to go on from."""
        names = [name for name, _ in self.model.named_parameters()]
        values = [value.float().cpu().numpy() for value in self.average]
        fresh, kept = self.into / "weights.new", self.into / "weights"
        for folder in (fresh, kept):
            folder.mkdir(exist_ok=True)
        weights.split(weights.to_bytes(dict(zip(names, values, strict=True))), fresh)
        shutil.rmtree(kept)
        fresh.rename(kept)
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "place": (self.step, self.passes, self.at),
            "clock": (self.clock.budget, self.clock.seconds()),
            "chance": torch.get_rng_state(),
            "chance_cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
        }
        part = self.into / "state.pt.part"
        torch.save(state, part)
        part.replace(self.into / "state.pt")
        self.report(event="saved", step=self.step)

    def restore(self) -> bool:
        """Go on from the saved state; whether there was one."""
        file = self.into / "state.pt"
        if not file.is_file():
            return False
        state = torch.load(file, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average = [value.to(self.device) for value in state["average"]]
        self.step, self.passes, self.at = state["place"]
        self.clock = Clock(state["clock"][0], max(state["clock"][1], self.clock.seconds()))
        torch.set_rng_state(state["chance"].cpu())
        if state["chance_cuda"] and torch.cuda.is_available():
            torch.cuda.set_rng_state_all([each.cpu() for each in state["chance_cuda"]])
        self.report(event="going on", step=self.step, seconds=round(self.clock.used))
        return True

    def report(self, **facts: object) -> None:
        """A line of the log, and on the screen."""
        line = json.dumps(facts, ensure_ascii=False)
        with (self.into / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
