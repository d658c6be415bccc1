# Waymark. `make run` and `make test` are all that a fresh machine needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV   := .venv
PYTHON := $(VENV)/bin/python
MODEL  := models/waymark.tar.gz
BASELINE := models/baseline.tar.gz
LEARNT_FROM := config.yml bot/domain.yml content/questions.yml $(wildcard nlu/*.py nlu/en/*.yml stories/*.yml)

export WAYMARK_PORT ?= 8000
export WAYMARK_RASA_PORT ?= 5005
export WAYMARK_ACTIONS_PORT ?= 5055
export WAYMARK_DIALOGUE_DATABASE ?= $(or $(DATABASE_URL),sqlite:///var/dialogue.sqlite)
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export CUDA_VISIBLE_DEVICES :=

# Rasa draws progress bars by the thousand: only what matters is shown, and its exit status is kept.
define train
PYTHONWARNINGS=ignore $(VENV)/bin/rasa train --domain bot/domain.yml --data nlu/en stories --config $(1) \
	--out models --fixed-model-name $(2) 2>&1 | tr '\r' '\n' | { grep -E 'ERROR|Exception|Invalid|saved at' || true; } ; \
	test $${PIPESTATUS[0]} -eq 0
@touch models/$(2).tar.gz
endef

.PHONY: help install run train test check lint format chat bench conversations lock clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: $(VENV)/installed ## Install everything, exactly as locked

$(VENV)/installed: requirements.lock
	./install.sh $(VENV)
	@touch $@

run: install $(MODEL) ## Serve everything on http://localhost:8000
	@mkdir -p var
	@echo "Waymark is starting on http://localhost:$(WAYMARK_PORT) (ready in about 20 seconds; stop with Ctrl-C)"
	@exec $(VENV)/bin/supervisord --nodaemon --configuration supervisord.conf

train: install $(MODEL) ## Train the dialogue, if its data changed

$(MODEL): $(VENV)/installed $(LEARNT_FROM)
	@mkdir -p models
	$(call train,config.yml,waymark)

test: install $(MODEL) lint ## Every test and check
	$(PYTHON) -m bot check --any-date
	$(PYTHON) -m pytest

check: install ## Content: complete, sourced, in date, readable
	$(PYTHON) -m bot check

lint: install ## Style, types, and the direction of imports
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: install ## Put the code into its usual shape
	$(VENV)/bin/ruff check --fix-only .
	$(VENV)/bin/ruff format .

chat: install $(MODEL) ## The conversation in the terminal (with `make run` in another)
	$(PYTHON) -m webhooks chat

bench: install $(MODEL) $(BASELINE) ## Speed and memory beside Rasa's default pipeline (which first trains, once)
	$(PYTHON) -m bench

$(BASELINE): $(VENV)/installed bench/baseline/config.yml $(filter-out config.yml nlu/%.py,$(LEARNT_FROM))
	@mkdir -p models
	$(call train,bench/baseline/config.yml,baseline)

conversations: install $(MODEL) ## Write docs/conversations.md anew, for whoever looks after safety
	PYTHONPATH=tests $(PYTHON) -m conversations.writing_down

lock: ## Write requirements.lock anew from requirements.in
	uv pip compile requirements.in --output-file requirements.lock --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-header --no-annotate --quiet

clean: ## Remove what was made, but no content
	rm -rf $(VENV) models var .pytest_cache .mypy_cache .ruff_cache .hypothesis .rasa
