"""How much of what happens to text is repaired, beside ftfy in the same run.

::

    python benchmarks/repair.py                  # measure, compare with the floors, write results
    python benchmarks/repair.py --lower-floors   # also take lower numbers as the new floors

The sentences are the project's own.  Those held out were written after the rules; they have no
floors, so that nobody is tempted to tune to them.  Exit status 1 says that
a number fell below its floor.
"""

from __future__ import annotations

import argparse
import html
import itertools
import json
import random
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import ftfy

from harmonize.repairs import repair

HERE = Path(__file__).parent
SENTENCES = HERE / "repair_sentences.json"
FLOORS = HERE / "repair_floors.json"
RESULTS = HERE / "results" / "repair.json"
LINES_A_LANGUAGE = 60
ENGLISH_FRAMES = 10
"""English sentences that each sentence of another language is put beside."""
Garble = Callable[[str], str]


def read_as(data: bytes, encoding: str) -> str:
    """Bytes as a careless program reads them: undefined ones become control characters."""
    return "".join(bytes([b]).decode(encoding, errors="ignore") or chr(b) for b in data)


def utf8_as(encoding: str) -> Garble:
    return lambda text: read_as(text.encode(), encoding)


def mixed(written: str, read: str) -> Garble:
    return lambda text: read_as(text.encode(written), read)


def without_invisible(garble: Garble) -> Garble:
    """Soft hyphens and no-break spaces got lost after garbling."""
    return lambda text: garble(text).replace("\xad", "").replace("\xa0", "")


def some_words(garble: Garble) -> Garble:
    """Every other word beyond ASCII is garbled."""

    def some(text: str) -> str:
        turn = itertools.cycle((True, False))
        return " ".join(garble(w) if not w.isascii() and next(turn) else w for w in text.split(" "))

    return some


def inside_words(sign: str, *, everywhere: bool = False) -> Garble:
    """Letters beyond ASCII became a sign: those between letters, or all."""

    def lose(text: str) -> str:
        padded = f" {text} "
        return "".join(
            sign
            if char.isalpha()
            and not char.isascii()
            and (everywhere or (padded[i].isalpha() and padded[i + 2].isalpha()))
            else char
            for i, char in enumerate(text)
        )

    return lose


def twice(garble: Garble) -> Garble:
    return lambda text: garble(garble(text))


def entities(text: str) -> str:
    return "".join(
        c if c.isascii() else f"&{html.entities.codepoint2name.get(ord(c), f'#{ord(c)}')};"
        for c in text
    )


def alternating(*garbles: Garble) -> Garble:
    """Each word beyond ASCII went another way."""

    def alternate(text: str) -> str:
        ways = itertools.cycle(garbles)
        return " ".join(w if w.isascii() else next(ways)(w) for w in text.split(" "))

    return alternate


CHANNELS: dict[str, Garble] = {
    **{
        f"UTF-8 read as {name}": utf8_as(name)
        for name in (
            "cp1252", "latin-1", "cp1254", "cp1250", "iso8859-2", "cp1251", "mac-roman", "cp437",
            "cp850",
        )
    },
    **{f"UTF-8 read as {name}, twice": twice(utf8_as(name)) for name in ("cp1252", "cp1250")},
    "UTF-8 read as cp1250, then as cp1252": lambda text: utf8_as("cp1252")(utf8_as("cp1250")(text)),
    **{
        f"UTF-8 read as {name}, invisible lost": without_invisible(utf8_as(name))
        for name in ("cp1252", "cp1250", "iso8859-2", "cp1251")
    },
    **{
        f"{written} read as {read}": mixed(written, read)
        for written, read in (
            ("cp1252", "mac-roman"), ("cp1252", "cp850"), ("cp850", "cp1252"),
            ("mac-roman", "cp1252"), ("cp1252", "cp437"), ("cp1252", "cp1251"),
        )
    },
    "some words, cp1250": some_words(utf8_as("cp1250")),
    "some words, mac-roman": some_words(utf8_as("mac-roman")),
    "some words, cp1250, invisible lost": some_words(without_invisible(utf8_as("cp1250"))),
    "words by turns: cp1250, cp437, cp1252": alternating(
        utf8_as("cp1250"), utf8_as("cp437"), utf8_as("cp1252")
    ),
    "HTML entities": entities,
    "HTML entities, twice": lambda text: entities(text).replace("&", "&amp;"),
    "decomposed (NFD)": lambda text: unicodedata.normalize("NFD", text),
    "decomposed, UTF-8 read as cp1252": lambda text: utf8_as("cp1252")(
        unicodedata.normalize("NFD", text)
    ),
    "U+FFFD inside words": inside_words("\ufffd"),
    "? inside words": inside_words("?"),
    "U+FFFD for every letter": inside_words("\ufffd", everywhere=True),
    "? for every letter": inside_words("?", everywhere=True),
}  # fmt: skip


def main() -> int:
    """Measure, print a table, write the results, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lower-floors", action="store_true", help="take lower numbers as floors")
    options = parser.parse_args()
    sentences = json.loads(SENTENCES.read_text(encoding="utf-8"))
    results = {
        "restored": restored(sentences["es"] + sentences["en"]),
        "held_out": restored(sentences["held_out"]["es"] + sentences["held_out"]["en"]),
        "clean": clean(sentences["clean"], sentences["clean"]["en"]),
        "held_out_clean": clean(sentences["held_out"]["clean"], sentences["held_out"]["en"]),
        "speed": speed(sentences["clean"]),
        "memory_mib": memory(),
    }
    show(results)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return compare(results["restored"], lower=options.lower_floors)


def restored(sentences: list[str]) -> dict[str, dict[str, float]]:
    """For each channel, how many lines it changes, and what share comes back exactly."""
    table = {}
    for name, garble in CHANNELS.items():
        pairs = [
            (text, broken) for text, broken in broken_lines(sentences, garble) if text != broken
        ]
        table[name] = {
            "lines": len(pairs),
            "harmonize": share(repair(broken).text == text for text, broken in pairs),
            "ftfy": share(ftfy.fix_text(b, uncurl_quotes=False) == text for text, b in pairs),
        }
    return table


def broken_lines(sentences: list[str], garble: Garble) -> Iterator[tuple[str, str]]:
    for text in sentences:
        try:
            yield text, garble(text)
        except UnicodeEncodeError:  # a sign that the code page lacks
            continue


def share(outcomes: Iterator[bool]) -> float:
    known = list(outcomes)
    return round(sum(known) / len(known), 4)


def clean(languages: dict[str, list[str]], english: list[str]) -> dict[str, object]:
    """How many clean lines are changed: sentences alone, several in a line, beside English."""
    lines = list(clean_lines(languages, english))
    changed = [line for line in lines if repair(line).text != line]
    return {"languages": len(languages), "lines": len(lines), "changed": changed}


def clean_lines(languages: dict[str, list[str]], english: list[str]) -> Iterator[str]:
    for sentences in languages.values():
        combinations = itertools.chain(
            *(itertools.permutations(sentences, size) for size in (1, 2, 3))
        )
        for combination in itertools.islice(combinations, LINES_A_LANGUAGE):
            yield " ".join(combination)
    frames = english[:ENGLISH_FRAMES]
    for language, sentences in languages.items():
        if language != "en":
            for sentence, frame in itertools.product(sentences, frames):
                yield f"{frame} {sentence}"


def speed(languages: dict[str, list[str]]) -> dict[str, float]:
    """Seconds for the same clean text, the best of several runs, and their ratio."""
    lines = list(clean_lines(languages, languages["en"]))
    random.Random(1).shuffle(lines)
    text = "\n".join(lines)
    ours = best(lambda: repair(text))
    theirs = best(lambda: ftfy.fix_text(text))
    return {
        "characters": len(text),
        "harmonize_s": round(ours, 4),
        "ftfy_s": round(theirs, 4),
        "ratio": round(ours / theirs, 2),
    }


def best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def memory() -> float:
    """Peak memory (MiB) of a fresh process that repairs a garbled text."""
    program = (
        "import resource; from harmonize.repairs import repair;"
        "repair('FunciĂłn y membresĂa, Funci?n. ' * 2000);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return round(int(run.stdout) / unit, 1)


def show(results: dict[str, dict[str, dict[str, float]]]) -> None:
    """Print the table of `docs/repair.md`."""
    print("| what happened to the text | lines | ftfy | harmonize | held out: ftfy | harmonize |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, row in results["restored"].items():
        other = results["held_out"][name]
        shares = (row["ftfy"], row["harmonize"], other["ftfy"], other["harmonize"])
        print(f"| {name} | {row['lines']} | {' | '.join(f'{value:.1%}' for value in shares)} |")
    means = [
        sum(row[who] for row in results[part].values()) / len(results[part])
        for part in ("restored", "held_out")
        for who in ("ftfy", "harmonize")
    ]
    print(f"| **mean** | | {' | '.join(f'{value:.1%}' for value in means)} |")
    print()
    for part in ("clean", "held_out_clean"):
        found = results[part]
        print(f"{part}: {len(found['changed'])} of {found['lines']} lines changed", end=", ")
        print(f"{found['languages']} languages")
        for line in found["changed"]:
            print("  changed:", line)
    ratio = results["speed"]["ratio"]
    print(f"time on clean text: {ratio} × ftfy's; memory: {results['memory_mib']} MiB")


def compare(restored: dict[str, dict[str, float]], *, lower: bool) -> int:
    """Pin better numbers as floors; report worse ones."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    now = {name: row["harmonize"] for name, row in restored.items()}
    below = {name: value for name, value in now.items() if value < floors.get(name, 0)}
    for name, value in below.items():
        print(f"BELOW FLOOR: {name}: {value:.1%} < {floors[name]:.1%}", file=sys.stderr)
    kept = {
        name: value if lower else max(value, floors.get(name, 0)) for name, value in now.items()
    }
    FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 1 if below and not lower else 0


if __name__ == "__main__":
    sys.exit(main())
