#!/bin/sh
# Trains a pack on a machine with a GPU, in one call or in several:
#
#     training/device.sh CORPUS.tar OUT MINUTES [WAIT]
#
# The first call unpacks the corpus and starts the training in the background, for MINUTES in all.
# Every call waits for its end, WAIT minutes at most (default: until it ends), and leaves what there
# is by then in OUT: the averaged weights in parts of 15 MiB, their sums, and a small archive with
# the log and the translated development lines. Call again to go on waiting; training/collect.py
# makes packs of what is in OUT. Nothing is fetched: the machine needs Python 3.11 with PyTorch,
# NumPy and SentencePiece. PACK_WORK names the folder for the work, PYTHON the interpreter.
set -eu

corpus=$1 out=$2 minutes=$3 wait=${4:-100000}
work=${PACK_WORK:-/tmp/pack-work}
python=${PYTHON:-python3}
here=$(cd "$(dirname "$0")" && pwd)

"$python" - <<'CHECK'
import importlib.util, sys
missing = [name for name in ("torch", "numpy", "sentencepiece") if not importlib.util.find_spec(name)]
if missing:
    sys.exit(f"Missing on this machine: {', '.join(missing)}. Install: pip install {' '.join(missing)}")
import torch
device = torch.cuda.get_device_name() if torch.cuda.is_available() else "none: the CPU trains, slowly"
print(f"PyTorch {torch.__version__}, GPU {device}", file=sys.stderr)
CHECK

mkdir -p "$work/data" "$work/run" "$out"
sum=$(cksum <"$corpus")
if [ ! -f "$work/corpus.sum" ]; then
    tar -xf "$corpus" -C "$work/data"
    echo "$sum" >"$work/corpus.sum"
elif [ "$sum" != "$(cat "$work/corpus.sum")" ]; then
    echo "$work belongs to another corpus: remove it, or name another folder in PACK_WORK" >&2
    exit 2
fi
# sacrebleu may come along as wheels; without it there are losses but no scores.
if ls "$work"/data/*.whl >/dev/null 2>&1 && [ ! -d "$work/site" ]; then
    "$python" -m pip install -q --no-index --no-deps --target "$work/site" "$work"/data/*.whl || true
fi

running() { [ -f "$work/pid" ] && kill -0 "$(cat "$work/pid")" 2>/dev/null; }
if [ ! -f "$work/done" ] && ! running; then
    # A session of its own outlives this call; a training that was stopped goes on from its state.
    PYTHONPATH="$work/site" setsid sh -c '
        "$0" "$1/train.py" --data "$2/data" --into "$2/run" --minutes "$3" && touch "$2/done"
    ' "$python" "$here" "$work" "$minutes" >>"$work/output" 2>&1 </dev/null &
    echo $! >"$work/pid"
fi

end=$(($(date +%s) + wait * 60))
while running && [ ! -f "$work/done" ] && [ "$(date +%s)" -lt "$end" ]; do sleep 2; done

cp "$work"/run/weights/* "$out"/ 2>/dev/null || echo "no weights yet" >&2
tar -czf "$out/notes.tar.gz" -C "$work" $(cd "$work" && ls output run/log.jsonl run/dev.* 2>/dev/null)
tail -n 15 "$work/output" >&2
if [ -f "$work/done" ]; then echo finished
elif running; then echo "still training: call again"
else echo "stopped: see the output above; call again to go on from the last state" >&2; exit 1
fi
