# The two commands: `make demo` and `make test`.  Both work on a machine that has Python 3.11 or
# later, pip and apt, as root or with sudo; everything else they install themselves.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types suite engine browser test-pack clean

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

suite: .venv/test-ready engine browser
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

clean:
	rm -rf .venv .venv-pack out build dist .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
