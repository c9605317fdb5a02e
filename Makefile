# The two commands: `make demo` and `make test`.  Both work on a machine that has Python 3.11 or
# later, pip and apt, as root or with sudo; everything else they install themselves.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types suite engine test-pack clean

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

suite: .venv/test-ready engine
	$(BIN)/pytest --cov --cov-report=term:skip-covered

# The tests run the real Apertium; setup installs it where nothing better is there.
engine: .venv/test-ready
	@command -v lt-proc >/dev/null || $(BIN)/harmonize setup

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
