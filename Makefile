# The environment is .venv; packages come through pip, npm and apt as this machine is set up to reach them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
# In several processes (`PYTEST_ARGS="-n 0"`: in one); tests/turns.py says how they share the tests.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder
PYTEST_ARGS ?=

SETUP := pyproject.toml constraints.txt hatch_build.py src/runtime/bundle.py
ASSETS := src/kurspakke/assets/.stamp
NODE_TESTS := tests/node/node_modules/.package-lock.json
RUNTIME := $(wildcard src/runtime/*.json src/runtime/*.mjs src/runtime/src src/runtime/src/* src/runtime/src/*/* \
	templates/style templates/style/*)

.PHONY: help build test check bench clean constraints FORCE

help:
	@echo 'make build        set everything up and build course_source/ into dist/'
	@echo 'make test         set everything up, a browser too, and run every test'
	@echo 'make check        style, types and the quick tests, for between two edits'
	@echo 'make bench        measure, beside the figures of the peers'
	@echo 'make constraints  resolve the pinned versions anew'
	@echo 'make clean        take away what make made'
	@echo
	@echo 'PYTHON=python3.13 make build     choose the Python of a new .venv'
	@echo 'make test PYTEST_ARGS="-k zip"   choose tests; with -n 0 they run in one process'

build: $(VENV)/.run
	@$(BIN)/kurspakke build

test: $(VENV)/.test $(NODE_TESTS)
	@$(BIN)/ruff check -q && $(BIN)/ruff format -q --check && $(BIN)/mypy
	@$(BIN)/python tests/lms/environments.py
	@$(BIN)/python scripts/hunspell.py --install
	@browser=$$($(BIN)/python scripts/browser.py --install chromium) \
		&& shell=$$($(BIN)/python scripts/browser.py --install shell) \
		&& firefox=$$($(BIN)/python scripts/browser.py --install firefox) \
		&& KURSPAKKE_BROWSER=$$browser KURSPAKKE_SHELL=$$shell KURSPAKKE_FIREFOX=$$firefox $(PYTEST) $(PYTEST_ARGS)

check: $(VENV)/.test $(NODE_TESTS)
	@$(BIN)/ruff check -q && $(BIN)/ruff format -q --check && $(BIN)/mypy
	@$(PYTEST) -q -m 'not slow' $(PYTEST_ARGS)

bench: $(VENV)/.test
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .venv-* src/kurspakke/assets src/runtime/node_modules tests/node/node_modules
	find dist -mindepth 1 ! -name .gitignore -delete

# Resolves anew; run the tests before committing what it writes.
constraints: | $(BIN)/python
	@$(BIN)/python scripts/resolve.py > constraints.new && mv constraints.new constraints.txt

$(BIN)/python:
	@sh scripts/make_venv.sh $(VENV)

# Stamps are made again when the assets are gone, whoever took them away.
STALE := $(if $(wildcard $(ASSETS)),,FORCE)

# Compiled at once: some systems let programs keep no bytecode, and then each start would compile everything anew.
$(VENV)/.run: $(SETUP) $(RUNTIME) $(STALE) | $(BIN)/python
	@echo 'Installing kurspakke and what it runs on into $(VENV) ...'
	@$(PIP) -e .
	@$(BIN)/python -m compileall -q src/kurspakke
	@touch $@

$(VENV)/.test: $(SETUP) $(RUNTIME) $(STALE) | $(BIN)/python
	@echo 'Installing kurspakke and what it is tested with into $(VENV) ...'
	@$(PIP) -e '.[test]'
	@$(BIN)/python -m compileall -q src/kurspakke
	@touch $(VENV)/.run $@

$(NODE_TESTS): tests/node/package.json tests/node/package-lock.json | $(VENV)/.test
	@echo 'Installing the npm packages of the tests ...'
	@cd tests/node && NODE_USE_SYSTEM_CA=1 ../../$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
