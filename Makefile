# Everything that people and CI run. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check style types contract soak bench player lock clean
SHELL := /bin/bash
BIN := .venv/bin

help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup:  ## set up .venv and the page's bundle, nothing outside the checkout
	@scripts/setup run

demo: setup  ## from nothing to a picture: make demo [FEED=file-or-address] [PORT=8080]
	@# FEED and PORT come by the environment, so that no quote in a file's name means anything; 130 is Ctrl-C.
	@XACAST_DATA=.demo $(BIN)/xacast demo $${FEED:+--feed "$$FEED"} $${PORT:+--port "$$PORT"} || [ $$? -eq 130 ]

test:  ## set up and run the quick tier of tests
	@scripts/setup test
	@scripts/test $(ARGS)

check: style types contract  ## linters, types and the contract between the rooms

style:
	@scripts/setup test
	@$(BIN)/ruff check .

types:
	@$(BIN)/mypy

contract:
	@$(BIN)/lint-imports

soak:  ## the long, seeded, resumable tier: make soak [WHAT=kills|faults|conformance|hostile|caged|parsers|crashes|day|pair|threats|players|tokens|api|crowd|database|stuffing|smuggling|invited] [SEED=1] [HOURS=1] [COUNT=2000] [FOLDER=DIR] [ONLY=T-02] [MINUTES=5] [PROFILE=low] [FEED=FILE]
	@scripts/setup test
	@# FOLDER, of broken files for WHAT=hostile, comes by the environment, as FEED does.
	@case "$(WHAT)" in \
	hostile) $(BIN)/python -m tests.soak.hostile --seed $(or $(SEED),1) --count $(or $(COUNT),2000) $${FOLDER:+--folder "$$FOLDER"};; \
	parsers) $(BIN)/python -m tests.soak.parsers --seed $(or $(SEED),1) --count $(or $(COUNT),1000000);; \
	crashes) $(BIN)/python -m tests.soak.crashes --seed $(or $(SEED),1) --count $(or $(COUNT),100);; \
	day) $(BIN)/python -m tests.soak.day --hours $(or $(HOURS),24);; \
	pair) $(BIN)/python -m tests.soak.pair --seed $(or $(SEED),1) --kills $(or $(COUNT),20);; \
	caged) $(BIN)/python -m tests.soak.caged --seed $(or $(SEED),1) --count $(or $(COUNT),2000);; \
	threats) $(BIN)/python -m tests.soak.threats --seed $(or $(SEED),1) --only "$(ONLY)";; \
	api) $(BIN)/python -m tests.soak.api --seed $(or $(SEED),1) --count $(or $(COUNT),20000);; \
	tokens) $(BIN)/python -m tests.soak.tokens --seed $(or $(SEED),1) --count $(or $(COUNT),100000);; \
	smuggling) $(BIN)/python -m tests.soak.smuggling;; \
	invited) $(BIN)/python -m tests.soak.invited --seed $(or $(SEED),1) --count $(or $(COUNT),50000);; \
	stuffing) $(BIN)/python -m tests.soak.stuffing --seed $(or $(SEED),1) --count $(or $(COUNT),10000);; \
	database) $(BIN)/python -m tests.soak.database --seed $(or $(SEED),1) --rounds $(or $(COUNT),20);; \
	crowd) $(BIN)/python -m tests.soak.crowd --seed $(or $(SEED),1) --count $(or $(COUNT),4000);; \
	players) $(BIN)/python -m tests.soak.players --minutes $(or $(MINUTES),5) --profile $(or $(PROFILE),low) --only "$(ONLY)" $${FEED:+--feed "$$FEED"};; \
	*) $(BIN)/python -m tests.soak $(or $(WHAT),kills) --seed $(or $(SEED),1) --hours $(or $(HOURS),1);; \
	esac

bench:  ## the figures: latency, cost, origin, quality
	@scripts/setup test
	@$(BIN)/python -m bench

player:  ## bundle the page with hls.js
	@scripts/setup run

lock:  ## renew the lock files from pyproject.toml
	@scripts/lock

clean:  ## remove what setup and demo made
	rm -rf .venv node_modules player/web/dist .demo .soak bench/out .mypy_cache .ruff_cache .pytest_cache
