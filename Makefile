# Works with make and Python 3.11 or newer; `make` alone lists what it can do.

.DEFAULT_GOAL := help
.PHONY: help setup setup-test setup-bench run test lint bench assets wheel messages lock clean

B := .venv/bin
PYTEST_ARGS ?= -n 2 --dist worksteal
BENCH_ARGS ?=

help:
	@echo "make run       set up, make the demonstration and serve it on 127.0.0.1:8000"
	@echo "make test      set up, lint, and run all tests (PYTEST_ARGS='-k words' for some)"
	@echo "make lint      look for faults without running anything"
	@echo "make bench     measure, and print tables (BENCH_ARGS=name for one)"
	@echo "make setup     build what 'make run' needs, without serving"
	@echo "make assets    build styles, scripts, pictures and word lists anew"
	@echo "make wheel     pack the program, pages and pictures for a host into dist/"
	@echo "make messages  collect the words to translate and hand them to every language"
	@echo "make lock      move to the newest versions that are a week old"
	@echo "make clean     remove all that was built; instance/ stays"

setup:
	@python=$$(tools/python.sh) && "$$python" tools/setup.py

setup-test:
	@python=$$(tools/python.sh) && "$$python" tools/setup.py test

setup-bench:
	@python=$$(tools/python.sh) && "$$python" tools/setup.py test bench

run: export FEEDBACK_DEMONSTRATION ?= true
run: setup
	@$(B)/feedback migrate
	@$(B)/feedback demo
	@$(B)/feedback serve

test: setup-test
	@tools/lint.sh
	@$(B)/python tools/test_services.py -- $(B)/python -m pytest $(PYTEST_ARGS)

lint: setup-test
	@tools/lint.sh

bench: setup-bench
	@$(B)/python tools/test_services.py --durable -- $(B)/python -m bench $(BENCH_ARGS)

assets:
	@rm -f static/dist/.files static/dist/.pictures static/dist/.words
	@$(MAKE) --no-print-directory setup

wheel: setup
	@$(B)/hatchling build --target wheel

messages: setup
	@tools/messages.sh

lock:
	@tools/lock.sh

clean:
	rm -rf .venv node_modules static/dist dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find translations -name '*.mo' -delete
