# What a newcomer, a developer and the build machine call. Setting up is part of every target and costs nothing when done.
SHELL := /bin/sh
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell command -v $(name))))
RUN := .venv/bin/python
PYTEST := $(RUN) -m pytest
ARGS ?=

.PHONY: demo demo-reset test e2e lint bench soak worlds docs setup-demo setup-dev setup-e2e python

demo: setup-demo
	@exec $(RUN) -m isotrace demo $(ARGS)

demo-reset: setup-demo
	@exec $(RUN) -m isotrace demo --reset $(ARGS)

test: setup-dev
	$(PYTEST) -n 2 -m "not e2e and not soak" $(ARGS)

e2e: setup-e2e
	$(PYTEST) -m e2e $(ARGS)

soak: setup-dev
	$(PYTEST) -m soak $(ARGS)

worlds: setup-dev
	ISOTRACE_WORLDS=$(or $(N),1000000) $(PYTEST) -q -m soak tests/handling/test_policy_equal.py $(ARGS)

bench: setup-demo
	@for script in bench/[a-z]*.py; do echo "$$script"; $(RUN) "$$script" $(ARGS) || exit 1; done

# Type checking loads the settings, which make keys in a data folder: it gets one of its own.
lint: setup-dev
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && ISOTRACE_MODE=test ISOTRACE_DATA="$$scratch" $(RUN) -m mypy
	$(RUN) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	$(RUN) tools/bootstrap.py npm run --silent lint
	! grep -n "://" requirements*.txt package-lock.json

docs: setup-dev
	$(RUN) tools/reference.py

setup-demo setup-dev setup-e2e: python
	@$(PYTHON) tools/bootstrap.py $(@:setup-%=%)

python:
	@test -n "$(PYTHON)" || { echo "setup: Python 3.11 to 3.14 is needed: install python3 and run make again." >&2; exit 1; }
