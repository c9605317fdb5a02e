"""How well and how fast the language of headings, fragments and sentences is told.

    pip install -e '.[dev]' lingua-language-detector
    python benchmarks/detect.py            # prints a table, writes results/detect.json
    python benchmarks/detect.py --lower    # also accepts worse numbers as the new floors

The same lines go to harmonize, to langdetect as it comes, to langdetect with a prior for English
and Spanish, and to lingua with two and with six languages.  Lines: `tests/cases/language/*.tsv`,
written for this project.  The run fails (exit 1) where harmonize falls under `detect.floors.json`.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "language"
RESULT = Path(__file__).parent / "results" / "detect.json"
FLOORS = Path(__file__).parent / "detect.floors.json"
HOME = ("en", "es")
SPEED_LINES = 50_000

Line = tuple[str, str]
Detector = Callable[[str], str]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lower", action="store_true", help="accept worse numbers as floors")
    options.add_argument("--only", help="measure one detector, print JSON (used by the run itself)")
    chosen = options.parse_args()
    if chosen.only:
        sys.stdout.write(json.dumps(measure(DETECTORS[chosen.only])))
        return 0
    results = {name: in_own_process(name) for name in DETECTORS}
    sys.stdout.write(as_table(results))
    RESULT.parent.mkdir(exist_ok=True)
    machine = f"{platform.machine()}, Python {platform.python_version()}, one core"
    RESULT.write_text(json.dumps({"machine": machine, **results}, indent=1) + "\n")
    return held(results["harmonize"], lower=chosen.lower)


def in_own_process(name: str) -> dict[str, float]:
    """One detector's numbers, measured in a fresh process so that memory can be told apart."""
    command = [sys.executable, __file__, "--only", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def measure(make: Callable[[], Detector]) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    detect = make()
    detect("Función principal")
    load = time.perf_counter() - start
    numbers = {name: share(detect, lines) for name, lines in sets().items()}
    foreign = [detect(text) in HOME for _, text in lines_of("foreign")]
    numbers["foreign called en or es"] = round(100 * sum(foreign) / len(foreign), 2)
    numbers["a second"] = speed(detect)
    numbers["seconds to load"] = round(load, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    numbers["MB more"] = round((peak - before) / 1024)
    return numbers


def sets() -> dict[str, list[Line]]:
    headings = lines_of("headings")
    return {
        "headings": headings,
        "headings in capitals": [(language, text.upper()) for language, text in headings],
        "headings not in the table": [line for line in headings if not in_table(line[1])],
        "two words": lines_of("two-words"),
        "three words": lines_of("three-words"),
        "sentences": lines_of("sentences"),
        "foreign sentences right": lines_of("foreign"),
        "no language": lines_of("no-language"),
    }


def in_table(text: str) -> bool:
    from harmonize.segments.tables import heading

    return heading(text) is not None


def lines_of(name: str) -> list[Line]:
    rows = (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(language, text) for language, _, text in (row.partition("\t") for row in rows)]


def share(detect: Detector, lines: Sequence[Line]) -> float:
    """Per cent of *lines* whose language is told."""
    right = sum(detect(text) == language for language, text in lines)
    return round(100 * right / len(lines), 2)


def speed(detect: Detector) -> float:
    """Segments a second, after a second of warming up, on lines as a posting has them."""
    names = ("headings", "two-words", "three-words", "sentences", "sentences", "sentences")
    lines = [text for name in names for _, text in lines_of(name)]
    until = time.perf_counter() + 1
    while time.perf_counter() < until:
        detect(lines[0])
        lines = lines[1:] + lines[:1]
    start = time.perf_counter()
    done = 0
    while done < SPEED_LINES and time.perf_counter() - start < 3:
        detect(f"{lines[done % len(lines)]} {done}")
        done += 1
    return round(done / (time.perf_counter() - start))


def harmonize() -> Detector:
    from harmonize.language import detect

    return lambda text: detect(text).language


def langdetect() -> Detector:
    return _langdetect(prior=False)


def langdetect_with_prior() -> Detector:
    return _langdetect(prior=True)


def _langdetect(*, prior: bool) -> Detector:
    from langdetect import detector_factory
    from langdetect.lang_detect_exception import LangDetectException

    detector_factory.init_factory()
    factory = detector_factory._factory
    languages = factory.get_lang_list()
    rest = 0.1 / (len(languages) - 2)
    weights = {language: 0.45 if language in HOME else rest for language in languages}

    def detect(text: str) -> str:
        detector = factory.create()
        detector.seed = 0
        if prior:
            detector.set_prior_map(weights)
        detector.append(text)
        try:
            found: str = detector.detect()
        except LangDetectException:
            return "und"
        return "und" if found == "unknown" else found

    return detect


def lingua_two() -> Detector:
    return _lingua("ENGLISH", "SPANISH")


def lingua_six() -> Detector:
    return _lingua("ENGLISH", "SPANISH", "PORTUGUESE", "CATALAN", "FRENCH", "ITALIAN")


def _lingua(*names: str) -> Detector:
    from lingua import Language, LanguageDetectorBuilder

    languages = [getattr(Language, name) for name in names]
    detector = LanguageDetectorBuilder.from_languages(*languages).build()

    def detect(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else "und"

    return detect


DETECTORS: dict[str, Callable[[], Detector]] = {
    "harmonize": harmonize,
    "langdetect": langdetect,
    "langdetect, prior": langdetect_with_prior,
    "lingua, 2": lingua_two,
    "lingua, 6": lingua_six,
}


def as_table(results: dict[str, dict[str, float]]) -> str:
    rows = ["| | " + " | ".join(results) + " |", "| --- |" + " ---: |" * len(results)]
    for name in next(iter(results.values())):
        cells = (f"{numbers[name]:,.10g}" for numbers in results.values())
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def held(numbers: dict[str, float], *, lower: bool) -> int:
    """0 if no number is under its floor; better numbers raise the floors, worse only if asked."""
    floors: dict[str, float] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    under = {name: floor for name, floor in floors.items() if numbers[name] < floor}
    for name, floor in under.items():
        sys.stderr.write(f"{name}: {numbers[name]} is under its floor {floor}\n")
    if under and not lower:
        return 1
    shares = {name: number for name, number in numbers.items() if name in sets()}
    new = shares if lower else {name: max(shares[name], floors.get(name, 0)) for name in shares}
    FLOORS.write_text(json.dumps({**new, "a second": 5000}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
