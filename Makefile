# Everything that the project does; `make run` and `make test` set up what they need in .venv.
PYTHON ?= python3
BIN := .venv/bin
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test lint types pytest scores outputs schema stress bench readme lock clean

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: ## The environment that `make run` needs
	@.ci/setup run

setup-test: ## The environment that tests need
	@.ci/setup test

run: setup ## Extract the facts of corpus/ into outputs/
	$(BIN)/reportfacts run corpus -o outputs

test: lint types pytest ## All checks

lint: setup-test ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-test ## Types, strictly
	$(BIN)/mypy

pytest: setup-test ## All tests
	$(BIN)/pytest -q -n 2 --dist worksteal

scores: setup-test ## Write tests/scores.json anew: the scores that no change may lower
	$(BIN)/python -m tests.scores

outputs: setup-test ## Write outputs/ anew: the records of corpus/
	$(BIN)/reportfacts run corpus -o outputs --force --prune

schema: setup-test ## Write schemas/ anew
	$(BIN)/reportfacts schema

stress: setup-test ## 300 reports, 30 of them bad, and 50 kills; some minutes
	$(BIN)/python -m tests.stress

bench: ## What it costs, beside other programs; some minutes
	@.ci/setup bench
	$(BIN)/python -m tests.bench

readme: setup-test ## Write the made parts of README.md anew
	$(BIN)/python -m tests.readme

lock: setup-test ## Write constraints.txt anew from what is installed
	$(BIN)/python -m pip freeze --exclude-editable | grep == > constraints.txt

clean: ## Remove what was built, but not .venv
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
