# The commands of this project. `make site` and `make test` need nothing but Python 3.11 or later and make.

PYTHON ?= python3
BIN := .venv/bin
# uv, which resolves for both ends of what pyproject.toml allows: it asks the index that pip is set to ask.
PIP_INDEX = $(or $(PIP_INDEX_URL),$(shell .venv-uv/bin/python -m pip config get global.index-url 2>/dev/null))
UV = UV_SYSTEM_CERTS=1 $(if $(PIP_INDEX),UV_DEFAULT_INDEX=$(PIP_INDEX)) .venv-uv/bin/uv
# Material's notice about its own end of life; CHANGELOG.md says what we do about it.
export NO_MKDOCS_2_WARNING := 1
# An empty environment has no locale, and our files are UTF-8.
export PYTHONUTF8 := 1

.PHONY: help site serve check test test-all test-newest test-lowest lint bench mutants messages registry schema pictures dist lock debian clean
.DEFAULT_GOAL := help

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

site: .venv/site ## Build the site into site/, strictly: any problem fails it
	$(BIN)/mkdocs build --strict

serve: .venv/site ## Preview at http://127.0.0.1:8000/, updated after every save
	$(BIN)/mkdocs serve

check: .venv/site ## Find the same problems as the build, without building
	$(BIN)/imagedocs check

test: .venv/test debian lint ## Run the tests, of each kind at least one, in a few minutes
	$(BIN)/pytest -n auto --dist loadfile -m "not full and not install"

test-all: .venv/test debian lint ## Run everything: whole matrices, killed builds, and both ends of the dependencies
	$(BIN)/pytest -n auto --dist loadfile --hypothesis-profile full -m ""
	$(BIN)/python tests/kill_builds.py
	$(MAKE) test-newest
	$(MAKE) test-lowest

test-newest: .venv-uv/bin/uv debian ## Build and test with the newest dependencies of today
	$(call with_dependencies,newest,highest)

test-lowest: .venv-uv/bin/uv debian ## Build and test with the lowest dependencies that pyproject.toml allows
	$(call with_dependencies,lowest,lowest-direct)

lint: .venv/test ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --level error

messages: .venv/site ## Take new sentences into locales/, and say which are not translated
	$(BIN)/imagedocs messages

registry: .venv/live ## Ask the registry what it has, and record it (needs network)
	@mkdir -p .cache
	$(BIN)/imagedocs snapshot --summary .cache/registry.md

schema: .venv/site ## Write the JSON Schemas in catalog/ and locales/ again
	$(BIN)/imagedocs schema

pictures: .venv/test debian ## Draw the card of links and the icon of home screens again, from their SVG sources
	$(BIN)/python tests/draw_pictures.py

bench: .venv/bench ## Measure, each figure beside a peer's in the same run
	$(BIN)/python tests/bench.py

mutants: .venv/bench ## Change the code that judges, and show the changes that no test notices: [ROOMS="checks merge.py"]
	$(BIN)/python tests/mutants.py $(ROOMS)

dist: .venv/release ## Build the package into dist/, check it, and try the wheel in an environment of its own
	rm -rf dist
	$(BIN)/python -m hatchling build --directory dist
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl
	$(BIN)/python .github/try_wheel.py dist/*.whl

debian: ## Debian packages that tests need
	sh tests/debian.sh

lock: .venv-uv/bin/uv ## Pin the dependencies again
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock" --group pyproject.toml:build pyproject.toml -o requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock" --group pyproject.toml:build --group pyproject.toml:dev --extra live --extra lsp \
		-c requirements.txt pyproject.toml -o requirements-dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock" --group pyproject.toml:release -c requirements-dev.txt -o requirements-release.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock" --group pyproject.toml:bench -c requirements-dev.txt -o requirements-bench.txt

clean: ## Remove what the other commands made
	rm -rf .venv .venv-uv .venv-newest .venv-lowest site dist .cache

# An environment of its own, resolved anew each time: `$(call with_dependencies,NAME,RESOLUTION)`. The tools of the
# tests are the newest in both; the site goes beside the environment, so that site/ stays as it is.
define with_dependencies
	$(UV) venv --quiet --clear --seed --python .venv-uv .venv-$(1)
	$(UV) pip compile --quiet --python .venv-$(1) --resolution $(2) --extra live --extra lsp --no-annotate --no-header \
		pyproject.toml -o .venv-$(1)/requirements.txt
	$(UV) pip install --quiet --python .venv-$(1) -r .venv-$(1)/requirements.txt \
		--group build --group dev --editable .
	.venv-$(1)/bin/mkdocs build --strict --site-dir .venv-$(1)/site
	.venv-$(1)/bin/pytest -n auto --dist loadfile -m "not full and not install"
endef

define suitable_python
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.12 …")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "$(PYTHON) has no ensurepip. On Debian: apt install python3-venv" >&2; exit 1; }
endef

.venv-uv/bin/uv:
	$(suitable_python)
	$(PYTHON) -m venv .venv-uv
	.venv-uv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/bin/python:
	$(suitable_python)
	$(PYTHON) -m venv .venv

.venv/site: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/live: requirements-dev.txt .venv/site | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/test: requirements-dev.txt .venv/site | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/release: requirements-release.txt .venv/site | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-release.txt
	@touch $@

.venv/bench: requirements-bench.txt .venv/test | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@
