# tremplin: `make` lists the targets. Every target makes the environment first if it is not there.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# The programs of an environment name the place that it was made for: in a copied or moved checkout they are the original's.
MADE_HERE := grep -qsF "$$(pwd -P)/$(BIN)/" $(BIN)/tremplin
ELSEWHERE := $(shell test -e $(READY) && ! $(MADE_HERE) && echo .venv/elsewhere)
PROFILE ?=
ARGS ?=
MODELE_TI ?=

.DEFAULT_GOAL := help
.PHONY: help setup report test thorough quick coverage check format notebooks schema data bench dist clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'
	@echo '  e.g. make report PROFILE=params/alice.yaml [ARGS="--to pdf --as-of 2026-11-22"]'

setup: $(READY) ## Make the environment (.venv) with everything locked

# The lock file and the project file decide; an environment that is ready is left alone. The lock is complete, so pip resolves
# nothing: its resolver would look at newer releases of a package asked for with an extra, and refuse them for want of a hash.
$(READY): requirements.lock pyproject.toml $(ELSEWHERE)
	$(if $(ELSEWHERE),@echo 'The environment was made for another folder: it is made anew for this one.')
	@$(PYTHON) -c 'import sys; sys.exit("tremplin needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@# Debian without python3-venv leaves one that has no pip, and says what to install.
	{ test -z "$(ELSEWHERE)" && $(BIN)/python -m pip --version >/dev/null 2>&1; } || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@# Where the code is, told from here: Python reads an absolute path in the letters of the locale, which may have no accents.
	@for file in .venv/lib/python3*/site-packages/_*tremplin.pth; do echo ../../../../src > "$$file"; done
	@touch $@

.venv/elsewhere: ;

report: $(READY) ## Make one person's report: PROFILE=params/alice.yaml
	@test -n "$(PROFILE)" || { echo 'Which person? make report PROFILE=params/alice.yaml' >&2; exit 2; }
	@$(BIN)/tremplin report "$(PROFILE)" $(ARGS)

# The chapters first: outputs that were not made anew are told within a minute.
# By their names, browser and pipeline before unit: the slow files first, and the quick ones fill what is left of the cores.
# A process more than there are cores: tests of the pipeline and the browser wait as much as they work.
test: $(READY) ## Run all tests, the notebooks with nbval among them
	JUPYTER_DEFAULT_PROVISIONER_NAME=tremplin-fork $(BIN)/python -m pytest --nbval --nbval-current-env --nbval-cell-timeout=120 notebooks
	$(BIN)/python -m pytest --numprocesses=$$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist=loadfile --no-loadscope-reorder

thorough: $(READY) ## Run all tests with all of their examples, of which `make test` tries a part
	TREMPLIN_THOROUGH=1 $(MAKE) test

quick: $(READY) ## Run the unit tests and the law cases, in a minute
	$(BIN)/python -m pytest --quiet --no-header --numprocesses=auto --dist=worksteal -m "not thorough" tests/unit tests/law

coverage: $(READY) ## Run the tests and list the lines that they do not reach
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

check: $(READY) ## Lint, types, floors and notebook rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --quiet --no-header tests/unit/test_notebook_rules.py tests/unit/test_templates.py tests/unit/notebook/test_typed_numbers.py

format: $(READY) ## Format the code
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

notebooks: $(READY) ## Run the chapters again for the reference persona and keep their outputs
	$(BIN)/python -m tremplin.pipeline.refresh notebooks

schema: $(READY) ## Write anew what is made from the code: the profile's schema, the ids that data must hold, the law cases, trades and divergences
	$(BIN)/tremplin schema > params/profile.schema.json
	$(BIN)/python -m tests.needed
	$(BIN)/python -m tests.law.page
	$(BIN)/python -m tests.trades_page
	$(BIN)/python -m tests.divergences

data: $(READY) ## Make the tables of data/urssaf and docs/divergences.md anew from Urssaf's rule base and say what changed (needs Node)
	@command -v npm >/dev/null || { echo 'make data needs Node 20 or newer with npm' >&2; exit 3; }
	@mkdir -p build/urssaf
	@cp data/urssaf/package.json data/urssaf/package-lock.json data/urssaf/*.mjs build/urssaf/
	cd build/urssaf && npm ci --silent --no-audit --no-fund
	node build/urssaf/export.mjs data/urssaf
	$(if $(MODELE_TI),$(BIN)/python -m tests.divergences $(MODELE_TI) build/urssaf/modele-ti.json)
	node build/urssaf/engines.mjs tests/data/golden $(if $(MODELE_TI),build/urssaf/modele-ti.json)
	$(BIN)/python -m tests.divergences

bench: $(READY) ## Measure what a report costs: ARGS="--people 16 --loop 3" (without it, hours), as bench/README.md tells
	$(BIN)/python bench/bench.py $(ARGS)

# Of the last commit, not of this folder: nobody's own profile gets in, and the same commit gives the same bytes.
dist: $(READY) ## Build wheel and sdist of the last commit into dist/
	rm -rf dist build/dist
	mkdir -p build/dist
	git archive HEAD | tar --extract --directory build/dist
	cd build/dist && SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) ../../$(BIN)/python -m hatchling build --directory ../../dist

clean: ## Take away what was built (reports and caches, not the environment)
	rm -rf reports/out dist build/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
