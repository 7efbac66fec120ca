# Everything happens in .venv, which each verb sets up by itself.
PYTHON ?= python3
BIN := .venv/bin
EXPORTS := examples/brambeck

# Tests start the program some hundred times: it starts quicker where bytecode is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint docs weights perf

demo: .venv/run.stamp ## the scorecard of the example company
	$(BIN)/retention compute $(EXPORTS) --period 2025-06 --rejects .venv/rejects.csv

test: .venv/dev.stamp ## all tests
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: .venv/dev.stamp ## what CI asks of the code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell README.md CONTRIBUTING.md CHANGELOG.md docs examples/README.md ./src
	$(BIN)/mypy

docs: .venv/dev.stamp ## write the generated parts of docs/ and README.md again
	$(BIN)/python docs/generate.py

weights: .venv/dev.stamp ## fit again what headers and cells weigh for each kind: takes a minute
	PYTHONPATH=. $(BIN)/python tests/mapping/fit_weights.py

perf: .venv/perf.stamp ## measure speed, and how polluted files are read: takes minutes
	$(BIN)/python perf/pollock.py
	$(BIN)/python perf/measure.py

.venv/run.stamp: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/dev.stamp: pyproject.toml .venv/run.stamp
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

.venv/perf.stamp: pyproject.toml .venv/run.stamp
	$(BIN)/python -m pip install --quiet --editable '.[perf]'
	touch $@
