# The two commands: `make demo` and `make test`.  Both work on a machine that has Python 3.11 or
# later, pip and apt, as root or with sudo; everything else they install themselves.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types suite engine browser test-pack test-batch bench pack pack-smoke fuzz audit release coverage clean

demo: .venv/demo-ready
	$(BIN)/harmonize setup
	$(BIN)/harmonize translate seeds/ -o out
	@echo
	@echo "Open out/index.html in a browser, or read out/clac-banana-technician/es.md."

test: lint types suite

lint: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test-ready
	$(BIN)/mypy

# Two processes share the files of tests; JOBS=0 runs them in one, for looking into a failure.
JOBS ?= 2
suite: .venv/test-ready engine browser
	$(BIN)/pytest -n $(JOBS) --dist loadfile

# Which lines no test reaches: counting them makes the suite a third slower.
coverage: .venv/test-ready engine browser
	$(BIN)/pytest --cov --cov-report=term:skip-covered

# The tests run the real Apertium; setup installs it where nothing better is there.
engine: .venv/test-ready
	@command -v lt-proc >/dev/null || $(BIN)/harmonize setup

# The tests of the review drive a real browser; where none can be had they are skipped, and say so.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); $$SUDO apt-get update -qq && \
	    $$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } || \
	  echo "chromium cannot be installed here: the tests of the review in a browser are skipped"

# Trains the small packs of the tests anew (PyTorch, some two minutes) and compares.
test-pack: .venv-pack/ready
	.venv-pack/bin/python tests/pack/train_pack.py --check

# The neural pack, from parallel text to two .argosmodel files (docs/training.md); wants a GPU.
#     make pack BITEXT=folder-with-train.tsv.xz-and-dev.tsv.xz MINUTES=22
MINUTES ?= 22
pack: .venv-train/ready
	@test -n "$(BITEXT)" || { echo "Say where the text is: make pack BITEXT=FOLDER" >&2; exit 2; }
	.venv-train/bin/python training/prepare.py --bitext $(BITEXT) --into build/pack
	PYTHON=.venv-train/bin/python PACK_WORK=build/pack/work \
	  training/device.sh build/pack/corpus.tar build/pack/out $(MINUTES)
	.venv-train/bin/python training/collect.py --from build/pack/out \
	  --corpus build/pack/corpus.tar --into build/pack/packs --lines 0

# The same at toy size, to see that everything fits together: some two minutes on two cores.
pack-smoke: .venv-train/ready
	PYTHON=.venv-train/bin/python training/smoke.sh build/pack-smoke

# The tests of harmonize batch with Ray, Parquet and WARC (the extra is 600 MB; some two minutes).
test-batch: .venv-batch/ready
	.venv-batch/bin/pytest tests/test_batch.py \
	  tests/test_offline.py::test_a_cluster_of_this_machine_needs_no_network

# How fast everything is, beside what people would use instead: one table, and docs/scale.md anew.
# Some twenty minutes on two quiet cores.  What needs Ray (make .venv-batch/ready) or lingua
# (pip install) is skipped without it, and says so.
bench: .venv/test-ready engine
	$(BIN)/python benchmarks/bench.py $(BENCH)

.venv/demo-ready: pyproject.toml constraints.txt scripts/make-venv
	PYTHON=$(PYTHON) scripts/make-venv .venv
	$(BIN)/pip install -q --use-pep517 -c constraints.txt -e .
	@touch $@

.venv/test-ready: pyproject.toml constraints.txt scripts/make-venv
	PYTHON=$(PYTHON) scripts/make-venv .venv
	$(BIN)/pip install -q --use-pep517 -c constraints.txt -e '.[dev]'
	@touch $@

.venv-pack/ready: tests/pack/requirements.txt scripts/make-venv
	PYTHON=$(PYTHON) scripts/make-venv .venv-pack
	.venv-pack/bin/pip install -q -r tests/pack/requirements.txt
	@touch $@

.venv-train/ready: training/requirements.txt pyproject.toml scripts/make-venv
	PYTHON=$(PYTHON) scripts/make-venv .venv-train
	.venv-train/bin/pip install -q --use-pep517 -r training/requirements.txt -e .
	@touch $@

.venv-batch/ready: pyproject.toml constraints.txt scripts/make-venv
	PYTHON=$(PYTHON) scripts/make-venv .venv-batch
	.venv-batch/bin/pip install -q --use-pep517 -c constraints.txt -e '.[dev,ray]'
	@touch $@

# Hostile inputs without end; a fault is printed with the command that tries it alone.
FUZZ ?= 200000
fuzz: .venv/test-ready
	nice $(BIN)/python tests/fuzz/run.py --inputs $(FUZZ)

# Known weaknesses of the locked packages; needs the network, and fails where it cannot be asked,
# saying which packages nothing is known of.
audit: .venv/test-ready
	$(BIN)/pip install -q pip-audit
	$(BIN)/python scripts/audit.py

# What goes out: the packages, the bill of materials, the licences, and the hashes of all of it.
release: .venv/test-ready
	$(BIN)/pip install -q build
	rm -rf dist
	$(BIN)/python -m build -q
	$(BIN)/python scripts/licences.py
	$(BIN)/python scripts/sbom.py > dist/sbom.json
	cp requirements.lock docs/licences.md dist/
	cd dist && sha256sum * > SHA256SUMS

clean:
	rm -rf .venv .venv-pack .venv-train .venv-batch out build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
