# Needs Python 3.11 or newer, make, and the package registries; everything else is installed into .venv.

PYTHON3 ?= python3
PORT ?= 8000
BOLT_PORT ?= 7687
HTTP_PORT ?= 7474
# Where `make run-neo4j` keeps its server; empty is the default of `cg neo4j start`.
NEO4J_DIR ?=
# AUTH=off makes it ask for no password.
AUTH ?= on
PYTEST_ARGS ?=
TESTS_AT_ONCE ?= 2
FUZZ_EXAMPLES ?= 30

VENV := .venv
PYTHON := $(VENV)/bin/python
CG := $(VENV)/bin/cg
STORE := var/compliance-graph.db
QUICK_START := -XX:TieredStopAtLevel=1
SMELLS := ../shared/tools/smells.py

.DELETE_ON_ERROR:
.PHONY: run install test fuzz run-neo4j check bench

run: install $(STORE)
	$(CG) serve --store sqlite:///$(STORE) --port $(PORT)

# The modules are compiled here: an interpreter that may write no bytecode would compile them at each start of `cg`.
install: $(VENV)/.installed
	@$(PYTHON) -m compileall -q graph loaders api ontology cli
	@$(PYTHON) web/build.py

# Files of tests run side by side, each with servers of its own, for which a quick start counts more than speed later.
test: install $(VENV)/.installed-dev
	@for name in "$$CHROMIUM" chromium chromium-browser google-chrome; do \
		command -v "$$name" >/dev/null && exit 0; done; \
	$(PYTHON) -m playwright install chromium >/dev/null 2>&1 || echo "Chromium cannot be had" >&2
	JDK_JAVA_OPTIONS="$(QUICK_START)" $(PYTHON) -m pytest --numprocesses $(TESTS_AT_ONCE) --dist loadfile \
		--no-loadscope-reorder $(PYTEST_ARGS)

# The long runs: each mutation of documents FUZZ_EXAMPLES times on each text, so many times more random operations.
fuzz: install $(VENV)/.installed-dev
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(PYTHON) -m pytest tests/fuzz tests/api/operations $(PYTEST_ARGS)

# The API runs in the background of this shell, so that a signal to make ends it, and the Neo4j if that is ours.
run-neo4j: install
	@set -e; home="$(if $(NEO4J_DIR),--home $(NEO4J_DIR))"; serving=; ours=; \
	finish() { [ -z "$$serving" ] || { kill $$serving 2>/dev/null || :; wait $$serving || :; }; \
		[ -z "$$ours" ] || $(CG) neo4j stop $$home; }; \
	trap finish EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; trap 'exit 129' HUP; \
	if ! $(CG) neo4j status $$home >/dev/null; then ours=yes; \
		$(CG) neo4j start $$home --bolt-port $(BOLT_PORT) --http-port $(HTTP_PORT) \
			$(if $(filter off,$(AUTH)),--no-auth) >/dev/null; \
	fi; \
	addresses=$$($(CG) neo4j status $$home); echo "$$addresses"; \
	store=$$(echo "$$addresses" | sed -n 's/^bolt  *//p'); \
	export NEO4J_BROWSER="$$(echo "$$addresses" | sed -n 's/^browser  *//p')"; \
	kept=$$(echo "$$addresses" | sed -n 's/^password  *in the file //p'); \
	export NEO4J_PASSWORD="$${NEO4J_PASSWORD:-$$([ -z "$$kept" ] || cat "$$kept")}"; \
	$(CG) load data --store "$$store"; \
	$(CG) serve --store "$$store" --port $(PORT) & serving=$$!; wait $$serving

check: install $(VENV)/.installed-dev
	$(VENV)/bin/ruff check --no-cache
	$(VENV)/bin/ruff format --check --no-cache
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(CG) generate --check
	@$(CG) changes
	@if [ -f $(SMELLS) ]; then $(PYTHON) $(SMELLS) . '(^|/)graph/' -v; fi

bench: install $(VENV)/.installed-dev
	@for benchmark in benchmarks/*.py; do PYTHONSAFEPATH=1 PYTHONPATH=. $(PYTHON) "$$benchmark" || exit 1; done

$(STORE): | install
	@mkdir -p $(@D) && rm -f $@.part $@.part-wal $@.part-shm $@-wal $@-shm
	$(CG) load data --store sqlite:///$@.part
	@mv $@.part $@

$(PYTHON):
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON3) is older than Python 3.11; name a newer one: make PYTHON3=python3.12" >&2; exit 1; }
	$(PYTHON3) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(PYTHON)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
