# make gaps   installs everything and prints the EV gaps of the default pack
# make test   installs everything and passes the tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: gaps test lint bench docs lock clean

gaps: $(VENV)/.runtime
	$(BIN)/chaingraph gaps --chain ev

test: lint
	tests/bring_up.sh
	$(BIN)/chaingraph check
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadgroup
	tests/neo4j_server/newer $(BIN)/python -m pytest tests/neo4j/test_parity.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/warm_gaps.py
	$(BIN)/python benchmarks/first_run.py
	$(BIN)/python benchmarks/workbook.py

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

# uv resolves for every platform and Python that pyproject.toml allows; the locks name no registry.
lock:
	uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "chaingraph needs Python 3.11 or later; name one: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) .neo4j dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
