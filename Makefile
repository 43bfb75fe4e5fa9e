# The two commands are `make run` and `make test`. Everything lives in .venv, made from the lock files.
# `make chaos` plays the long trials, as many side by side as there are cores (NIGHT=1: every seed of each; ONLY=FILE: those;
# WITHOUT=NAME: on a copy of the house with one mechanism switched off), and writes the tables of docs/reliability.md.

BIN := .venv/bin
# The first Python that answers and is new enough; a name on PATH alone may be a stand-in for one that is not installed.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: run demo test bench chaos lint prepare prepare-dev lock

run: prepare
	@exec $(BIN)/coolhead run

demo: prepare
	@exec $(BIN)/coolhead demo

test: prepare-dev
	@sh tools/test-needs.sh
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --cov --cov-report=term:skip-covered

bench: prepare-dev
	$(BIN)/python -m benchmarks $(ONLY)

chaos: prepare-dev
	@sh tools/test-needs.sh
	@$(if $(WITHOUT),$(BIN)/python -m tests.chaos.without $(WITHOUT),exec env NIGHT=$(NIGHT) $(BIN)/python -m tests.chaos.report $(ONLY))

lint: prepare-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

prepare: .venv/.run-stamp
prepare-dev: .venv/.dev-stamp

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Coolhead needs Python 3.11 or newer. Install one, or say: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/.run-stamp: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Preparing .venv (only when something changed) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.dev-stamp: requirements-dev.lock .venv/.run-stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Writes both lock files anew, for every platform and every Python from 3.11 on.
lock: prepare-dev
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
