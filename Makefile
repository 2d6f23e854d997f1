# What one may type here. `make` alone lists it. The work is done by bin/, so that each step can also be run by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test check format demo pdf bench translations lock lock-check clean

help: ## list what can be made
	@awk -F ' *:.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## get everything ready, to run and to test
	@bin/setup test

run: ## serve on http://127.0.0.1:8000 with demonstration data (PORT=, HOST= and more: README.md)
	@bin/setup run
	@exec .venv/bin/python -m impact.serve

test: ## run every test, on SQLite and on PostgreSQL (ARGS= for pytest)
	@bin/setup test
	@bin/test $(ARGS)

check: ## format, lint, types, translations, pinned requirements, quick tests (two minutes)
	@bin/setup test
	@bin/check

format: ## put the code in order
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

demo: ## reload the demonstration data (nothing is doubled, nothing of yours is touched)
	@bin/setup run
	@.venv/bin/flask --app wsgi db upgrade
	@.venv/bin/flask --app wsgi demo load
	@.venv/bin/flask --app wsgi demo sign-ins

pdf: ## sample reports into build/
	@bin/setup run
	@mkdir -p build
	@.venv/bin/python -m bench.sample_reports build

bench: ## measure the public pages and the report, and print tables
	@bin/setup test
	@.venv/bin/python -m bench

translations: ## take the sentences out of the source, update and compile the catalogues
	@bin/setup run
	@.venv/bin/python bin/translations update
	@.venv/bin/python bin/translations compile

lock: ## pin the requirements anew (needs a package index)
	@bin/setup test
	@.venv/bin/python bin/lock write

lock-check: ## fail when the pins are not what the inputs resolve to (needs a package index)
	@bin/setup test
	@.venv/bin/python bin/lock compare

clean: ## remove what was built; instance/ with your data stays
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find translations -name '*.mo' -delete 2>/dev/null || true
