# Each target explains itself: `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
# Compiled modules are kept: the tests start some hundreds of processes, each of which would compile the whole program.
export PYTHONDONTWRITEBYTECODE :=
BIN    := .venv/bin
# The stamps say which lock file a .venv was made from.
RUNTIME := .venv/.runtime
TOOLS   := .venv/.tools

.PHONY: help install run check test lint drill bench lock translations clean

help: ## what can be done here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(RUNTIME) ## make .venv from the lock file

run: $(RUNTIME) ## run the demo round and serve it, beside a live copy of it, at http://127.0.0.1:8000
	$(BIN)/consult demo --out out/ --serve

check: $(TOOLS) lint ## the quick part, for each commit (about two minutes)
	$(BIN)/pytest tests -n 2 -m "not browser and not postgres and not libreoffice and not slow and not drill"

test: $(TOOLS) lint ## everything that CI holds (about a quarter of an hour on two cores)
	$(BIN)/python -m tests.prepare
	$(BIN)/pytest tests -n 2 -m "not drill"

lint: $(TOOLS) ## ruff (style and format) and mypy (strict)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

drill: $(TOOLS) ## kill workers, fill the disk, lock the database, race two officials
	$(BIN)/pytest tests/drills -m drill -n 0 -s

bench: $(TOOLS) ## measure, each figure against its floor in the same run
	$(BIN)/python -m benchmarks

lock: $(TOOLS) ## write both lock files anew from setup.cfg, and the build system of pyproject.toml
	$(BIN)/pip install -q uv
	echo 'setuptools>=80' | $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	    --no-header --no-emit-index-url --upgrade setup.cfg - -o requirements.lock
	echo 'setuptools>=80' | $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	    --no-header --no-emit-index-url --upgrade setup.cfg - --extra test -o tests/requirements.lock

translations: $(TOOLS) ## collect the texts of the pages and compile the Vietnamese catalogue
	$(BIN)/python -m tests.catalogue

clean: ## remove what was made, keep the database under instance/
	rm -rf .venv out build dist *.egg-info

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Consult needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is missing; on Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

$(RUNTIME): requirements.lock setup.cfg | .venv/bin/pip
	$(BIN)/pip install --disable-pip-version-check -q --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS): tests/requirements.lock setup.cfg | .venv/bin/pip
	$(BIN)/pip install --disable-pip-version-check -q --no-deps --require-hashes -r tests/requirements.lock
	$(BIN)/pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@ $(RUNTIME)
