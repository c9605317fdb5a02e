#!/bin/sh
# The whole recipe at toy size, as it runs at full size: text, training as on a machine with a GPU,
# packs, scores, model card. Usage: training/smoke.sh FOLDER (made anew). PYTHON has requirements.txt.
set -eu

folder=$1
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1 PYTHONPATH="$here/../src:$here${PYTHONPATH:+:$PYTHONPATH}"

rm -rf "$folder"
mkdir -p "$folder/bitext"
# Lines that the tests' own packs learn stand in for the parallel text, held-out ones for newstest.
sed 's/^/tests_pack\t/' "$here/../tests/pack/pairs.tsv" | xz >"$folder/bitext/train.tsv.xz"
"$python" - <<'DEV' | xz >"$folder/bitext/dev.tsv.xz"
from sector_lines import held_out
for pair in held_out()[:60]:
    print(pair.en, pair.es, sep="\t")
DEV

"$python" "$here/prepare.py" --bitext "$folder/bitext" --into "$folder" \
    --settings "$here/pack-smoke.toml"
PACK_WORK="$folder/work" PYTHON="$python" "$here/device.sh" "$folder/corpus.tar" "$folder/out" 2 5
"$python" "$here/collect.py" --from "$folder/out" --corpus "$folder/corpus.tar" \
    --into "$folder/packs" --lines 15
ls -l "$folder/packs"
