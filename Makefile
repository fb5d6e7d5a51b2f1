# `make` lists what it can do. Everything runs on this machine; the set-up comes by itself.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PY := .venv/bin/python
PORT ?= 8501

.PHONY: help setup run test check bench docs clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

setup: .venv/.ready ## create .venv with the locked versions (instant when nothing changed)

.venv/.ready: requirements.lock pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh

run: setup ## serve the dashboard on 127.0.0.1:8501 (PORT=… for another)
	@exec .venv/bin/nakhon serve --port $(PORT)

test: setup ## install what the tests need, then run every check and every test
	@sh scripts/system.sh
	@sh scripts/stages.sh lint types tests

check: setup ## the quick part: lint, types, contract tests
	@sh scripts/stages.sh lint types contract

bench: setup ## measure, and write docs/benchmark.md
	@$(PY) -m bench

docs: setup ## write the generated documents again
	@$(PY) scripts/make_docs.py

clean: ## remove .venv, caches and test output; data stays
	rm -rf .venv build artifacts *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
