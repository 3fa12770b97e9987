# Sets up the environment in .venv and runs the main job, the tests and the other checks; `make` lists what there is.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# Versions that constraints.txt was tested with come first. PYTHON=... chooses another.
PYTHON ?=
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
BIN := .venv/bin
READY := .venv/.ready

DEMO := funding_24 instruments_24
# Processes that run tests side by side.
TESTERS ?= 2

.PHONY: help demo test test-bounds test-uncompiled lint types coverage bench docs clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' Makefile

# The file holds a checksum of what was installed, so that a checkout that only touches files installs nothing.
$(READY): pyproject.toml constraints.txt
	@wanted=$$(cat pyproject.toml constraints.txt | cksum); \
	if [ "$$(cat $@ 2>/dev/null)" = "$$wanted" ] && $(BIN)/python -c 'import qsim' 2>/dev/null; then touch $@; exit 0; fi; \
	if ! $(BIN)/python -c '$(SUITABLE)' 2>/dev/null; then \
		chosen=; \
		for candidate in $(CANDIDATES); do \
			if "$$candidate" -c '$(SUITABLE)' 2>/dev/null; then chosen=$$candidate; break; fi; \
		done; \
		if [ -z "$$chosen" ]; then \
			echo 'Python 3.11 or newer with its venv module is needed (on Debian and Ubuntu: apt install python3 python3-venv).' >&2; \
			echo 'If it is installed under another name: make PYTHON=/path/to/python' >&2; \
			exit 1; \
		fi; \
		echo "Making .venv with $$("$$chosen" --version)" >&2; \
		"$$chosen" -m venv --clear .venv || exit 1; \
	fi; \
	echo 'Installing qsim and its libraries into .venv, once; this takes a few minutes' >&2; \
	if ! $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'; then \
		echo 'The installation failed, see above. It needs the network once.' >&2; \
		exit 1; \
	fi; \
	echo "$$wanted" > $@

demo: $(READY) ## compare two scenarios and draw the figures, in demo/
	@rm -rf demo
	$(BIN)/qsim compare $(DEMO) --out demo
	@echo 'Tables and figures are in demo/, figures in demo/figures/.'

# The rules are compiled first, so that the processes that run tests do not all do it.
test: $(READY) ## run the tests
	@$(BIN)/python -c 'from qsim.engine.warm import warm_up; warm_up()'
	$(BIN)/python -m pytest -n $(TESTERS)

test-bounds: $(READY) ## run whole worlds with every index checked (compiles anew)
	NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest -m 'bounds or whole_runs'

test-uncompiled: $(READY) ## run whole small worlds without compiling, as plain Python
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -m whole_runs

lint: $(READY) ## check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check src tests benchmarks experiments

types: $(READY) ## check types
	$(BIN)/mypy -p qsim -p benchmarks

coverage: $(READY) ## run the tests and print which lines they reach, the rules uncompiled
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -m whole_runs --cov --cov-report=
	$(BIN)/python -m pytest -n $(TESTERS) --cov --cov-append --cov-report=term-missing:skip-covered

bench: $(READY) ## measure speed, memory and start, against bounds
	$(BIN)/python -m benchmarks

docs: $(READY) ## write the reference documents and the schema from the declarations
	$(BIN)/python -m qsim.present.reference docs

clean: ## remove what the targets above have made, except .venv
	rm -rf demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* src/qsim.egg-info
	find src tests benchmarks -name __pycache__ -type d -exec rm -rf {} +
