# Sets up the environment in .venv and runs the main job, the tests and the other checks; `make` lists what there is.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# Versions that constraints.txt was tested with come first. PYTHON=... chooses another.
PYTHON ?=
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
VENV ?= .venv
EXTRA ?= dev
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Processes that run tests side by side: more than processors, as tests of pages wait for browsers.
TESTERS ?= 3
# Marks of the tests that are run, as pytest takes them: pages in real browsers have a target of their own.
MARKED ?= not browser

.PHONY: help demo site picture picture-mesa test test-browser test-other test-mesa test-deep test-bounds test-uncompiled fuzz mutants lint audit dist types coverage bench stability claims claims-held-out held-out outside settings population verdicts facts packages sensitivity experiments golden diff browser docs docs-site tutorials clean

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
		echo "Making $(VENV) with $$("$$chosen" --version)" >&2; \
		"$$chosen" -m venv --clear $(VENV) || exit 1; \
	fi; \
	echo 'Installing qsim and its libraries into $(VENV), once; this takes a few minutes' >&2; \
	if ! $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRA)]'; then \
		echo 'The installation failed, see above. It needs the network once.' >&2; \
		exit 1; \
	fi; \
	echo "$$wanted" > $@

site: $(READY) ## make the folder to hand on, site/: Meine Stadt, six cities live, four comparisons, the answers (minutes)
	$(BIN)/python -m evidence.site $(OPEN)

demo: OPEN = --open
demo: site ## make the site and open it in a browser, if there is one

picture: $(READY) ## take the picture of a page for the README, after `make site`; needs a browser
	$(BIN)/python -m tests.picture site/comparison_funding_de.html docs/images/report_de.png

picture-mesa: ## take the picture of Mesa's page for docs/mesa.md, after `make test-mesa`; needs a browser
	.venv-mesa/bin/python -m tests.trial_solara docs/images/mesa_page.png

# The rules are compiled first, so that the processes that run tests do not all do it; so is all Python, whatever the shell says.
# The tests of a file run in one process, which makes once what they share. Rewriting all asserts takes longer than many tests:
# only those that failed are run again with the values of what they compared.
test: export PYTHONDONTWRITEBYTECODE =
test: $(READY) ## run the tests, but those of pages in real browsers
	@$(BIN)/python -m compileall -q src evidence
	@$(BIN)/python -c 'from qsim.engine.warm import warm_up; warm_up()'
	$(BIN)/python -m pytest -n $(TESTERS) --dist loadfile --assert=plain -m '$(MARKED)' \
		|| { $(BIN)/python -m pytest --last-failed --last-failed-no-failures=none; exit 1; }

test-browser: ## run the tests of pages in Chromium and Firefox
	@$(MAKE) --no-print-directory MARKED=browser test

# Mesa 3.3 is the newest for Python 3.11, Mesa 3.5 needs Python 3.12. A browser shows the same page with either.
test-other: $(READY) ## run the tests with the other generation of Mesa, if there is a Python for it
	@other=$$(.ci/other-python $(BIN)/python); \
	if [ -z "$$other" ]; then echo 'No Python for the other generation of Mesa on this machine: its tests were not run.'; exit 0; fi; \
	echo "The tests again with $$("$$other" --version)"; \
	$(MAKE) --no-print-directory VENV=.venv-other EXTRA=test PYTHON="$$other" test

# Mesa's page, and Mesa 4, which is not finished, in an environment of their own: the page brings what notebooks need. What is
# tested is what differs from one generation of Mesa to another.
GENERATIONS ?= 3.3.1 3.5.1 4.0.0a0
OF_MESA = tests/viz $(addprefix tests/engine/test_,model.py agents.py batch_run.py user_rules.py stateful.py extension.py told.py mesa4.py)
test-mesa: $(READY) ## try Mesa's page in a browser, and the model, with Mesa 3.3, 3.5 and 4, if there is a Python for it (minutes); needs the network
	@newer=$(BIN)/python; \
	"$$newer" -c 'import sys; sys.exit(sys.version_info < (3, 12))' || newer=$$(.ci/other-python "$$newer"); \
	if [ -z "$$newer" ]; then echo 'No Python for Mesa 3.5 and 4 on this machine: its page was not tried.'; exit 0; fi; \
	$(MAKE) --no-print-directory VENV=.venv-mesa EXTRA=test,viz,browser PYTHON="$$newer" .venv-mesa/.ready || exit 1; \
	for mesa in $(GENERATIONS); do \
		echo "The tests of what is Mesa's, with Mesa $$mesa"; \
		.venv-mesa/bin/python -m pip install --quiet --disable-pip-version-check --no-deps "mesa==$$mesa" || exit 1; \
		.venv-mesa/bin/python -m pytest -n 2 --dist loadfile $(OF_MESA) || exit 1; \
	done

test-deep: $(READY) ## compare with the reference model over thousands of scenarios, other ones each time
	QSIM_DEEP=1 $(BIN)/python -m pytest -n $(TESTERS) tests/reference

test-bounds: $(READY) ## run whole worlds with every index checked (compiles anew)
	NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest -m 'bounds or whole_runs'

test-uncompiled: $(READY) ## run whole small worlds without compiling, as plain Python
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -m whole_runs

# Seeds tell inputs apart: FUZZ='5000 --seed 2' tries others. What fails is kept, made small, in results/fuzz.
FUZZ ?= 5000
fuzz: $(READY) ## try thousands of spoilt inputs, and random scenarios at the ends of all ranges (a quarter of an hour)
	TESTERS=$(TESTERS) $(BIN)/python -m tests.fuzz $(FUZZ)
	QSIM_EXTREMES=2000 $(BIN)/python -m pytest tests/mechanisms/test_extremes.py

# An environment of its own: what changes the rules on purpose needs libraries that nothing else does.
MUTANTS ?= 300
mutants: ## break rules on purpose, one at a time, and count what the tests notice (an hour or more)
	@$(MAKE) --no-print-directory VENV=.venv-mutants EXTRA=mutation .venv-mutants/.ready
	TESTERS=$(TESTERS) .venv-mutants/bin/python -m tests.mutation $(MUTANTS)

lint: $(READY) ## check style, formatting and the repository as a whole
	$(BIN)/ruff check
	$(BIN)/ruff format --check src tests benchmarks browser examples experiments evidence
	$(BIN)/python -m tests.lint

# Strict: a version that nobody can say anything about is no version without faults.
audit: ## ask whether libraries have known vulnerabilities; needs the network
	@$(MAKE) --no-print-directory VENV=.venv-audit EXTRA=audit .venv-audit/.ready
	.venv-audit/bin/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt

# An environment of its own, which builds; what was built is tried in another one that is made for it and thrown away.
dist: ## build wheel and sdist into dist/, and try them where nothing else is (minutes); needs the network
	@$(MAKE) --no-print-directory VENV=.venv-dist EXTRA=dist .venv-dist/.ready
	.venv-dist/bin/python -m tests.distribution

types: $(READY) ## check types
	$(BIN)/mypy -p qsim -p evidence -p benchmarks -p browser

coverage: $(READY) ## run the tests and print which lines they reach, the rules uncompiled
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -m whole_runs --cov --cov-report= --cov-fail-under=0
	$(BIN)/python -m pytest -n $(TESTERS) --cov --cov-append --cov-report=term

bench: $(READY) ## measure speed, memory and start, against bounds
	$(BIN)/python -m benchmarks

results = new=$(2).json.unfinished; \
	if $(BIN)/qsim claims --json $(1) > $$new; then mv $$new $(2).json; else rm -f $$new; exit 1; fi

stability: $(READY) ## record what has been added to what is promised within a major version; refuses what breaks it
	$(BIN)/python -m tests.stability

claims: $(READY) ## test the statements of the report, in rival models, too (an hour); `make docs` then writes docs/ledger.md
	@$(call results,,claims/latest)
	@$(call results,--rivals,claims/rivals)

claims-held-out: $(READY) ## run the tests that are held out, once, at the end; `make docs` then adds them to docs/ledger.md
	@$(call results,--held-out,claims/held_out)

outside: $(READY) ## hold the model against public figures from outside (minutes); `make docs` then writes docs/outside.md
	@$(call results,evidence/outside/expected.yaml,evidence/outside/latest)

held-out: $(READY) ## draw the statements whose tests are run last, once, when the translations are reviewed
	$(BIN)/python -m evidence.held_out

settings: $(READY) ## search for the settings that all commands draw from, and write them with the defaults (forty minutes)
	$(BIN)/python -m evidence.settings

population: $(READY) ## draw 228 municipalities and write docs/population.md with its figures
	$(BIN)/python -m evidence.population --docs docs

verdicts: $(READY) ## count how often verdicts are wrong where the truth is known (half an hour or more), writes docs/verdicts.md
	$(BIN)/python -m evidence.verdicts --docs docs

facts: $(READY) ## see whether observed facts narrow rightly what is known, on towns whose truth is known, writes docs/facts.md
	$(BIN)/python -m evidence.facts --docs docs

packages: $(READY) ## ask six cities for the best packages within three budgets (an hour), writes docs/packages.md and its German sister
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m evidence.packages --docs docs

advice: $(READY) ## try how often advice is right where the truth is known, writes docs/advice_truth.md (minutes)
	$(BIN)/python -m evidence.advice --docs docs

sensitivity: $(READY) ## find what matters most, at full size, and write docs/sensitivity_results.md; stopped, it goes on where it was
	$(BIN)/python -m evidence.sensitivity --docs docs

# Without FULL everything is under results/experiments; with it the answers and their page are written, too.
FULL ?=
experiments: $(READY) ## run the experiments and answer their questions, small (minutes); FULL=1 at full size, writes docs/answers.md
	$(BIN)/python -m evidence.answers $(if $(FULL),--full)
	$(BIN)/python -m evidence.sensitivity $(if $(FULL),--docs docs,--small)

golden: $(READY) ## write the baseline of results anew, where results have changed; the changelog says why
	$(BIN)/python -m tests.golden

# Of a landing of several commits CI may say which came before it: make diff BEFORE=...
BEFORE ?= HEAD~1
diff: $(READY) ## where the baseline differs from that of BEFORE, show what the change does (minutes), writes results/diff.html
	@git rev-parse --quiet --verify '$(BEFORE)^{commit}' >/dev/null || { echo 'There is no $(BEFORE) in this checkout to compare with.'; exit 0; }; \
	if git diff --quiet '$(BEFORE)' -- tests/golden/tables; then echo 'The baseline is that of $(BEFORE).'; exit 0; fi; \
	mkdir -p results; $(BIN)/qsim diff '$(BEFORE)' --report results/diff.html

# An environment of its own: the compiler for WebAssembly weighs a hundred megabytes. With CHECK=1 the bytes are only compared.
CHECK ?=
browser: ## compile the rules for browsers, where they have changed (a minute): the module in src/qsim/browser
	@$(MAKE) --no-print-directory VENV=.venv-module EXTRA=module .venv-module/.ready
	.venv-module/bin/python -m browser $(if $(CHECK),--check)

# Environments of their own: what the site and the tutorials need, nothing else does. The tutorials run with what they tell to install.
docs-site: $(READY) ## build the documentation as a site, site-docs/, in German and English, and check it in a browser
	@$(MAKE) --no-print-directory VENV=.venv-docs EXTRA=docs .venv-docs/.ready
	PYTHONPATH=src .venv-docs/bin/python -m evidence.docsite --out site-docs
	QSIM_DOCS_SITE=site-docs $(BIN)/python -m pytest tests/evidence/docsite

WRITE ?=
# Not the checkout is tried but what users install: the wheel. The site is built from the checkout, whatever is installed.
tutorials: ## run the tutorials as they are written, in empty folders, with qsim as it is installed (minutes); WRITE=1 writes what they print into them
	@$(MAKE) --no-print-directory VENV=.venv-docs EXTRA=docs .venv-docs/.ready
	.venv-docs/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall .
	.venv-docs/bin/python -m evidence.docsite.tutorial $(if $(WRITE),--write)

docs: $(READY) ## write the reference documents and the schema from the declarations
	$(BIN)/python -m evidence.documents docs

clean: ## remove what the targets above have made, except environments
	rm -rf site site-docs build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* src/qsim.egg-info
	find src tests benchmarks evidence -name __pycache__ -type d -exec rm -rf {} +
