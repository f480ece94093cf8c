# What to type. `make demo` and `make test` do all the set-up by themselves; both work on a fresh machine with git,
# Python 3.10 or later, make and a C compiler.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
RACE_ARTICLES ?= 300000
RACE_GROW ?= 30000,100000
# In processes beside each other, as many as there are cores, of which four are enough.
PYTEST = $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal
PIP = $(BIN)/python -m pip --disable-pip-version-check
# As pyproject.toml has it, each in quotes.
BUILD_REQUIRES = $(shell sed -n 's/^requires = \[\(.*\)\]$$/\1/p' pyproject.toml | tr -d ,)
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=undefined
DEMO_INDEX = demo.index
DEMO_QUERY = '"armoured train"'

# What `make sanitize` runs; in CI, what reads and writes the most kinds of bytes.
SANITIZED ?= tests/kernels tests/codec/native

# Kernels and requirements are parts of what `make demo` and its like begin with.
.PHONY: kernels requirements demo test test-long test-shuffled check sanitize wheel wheels docs notebook site screenshots screenshots-web relevance race growth html-benchmark clean help

help:            ## Show what there is to type
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /	/' | expand -t 18

demo: $(VENV)/.installed   ## Install, index the sample articles, show a query's results
	@rm -rf $(DEMO_INDEX)
	@echo "Indexing the sample articles."
	$(BIN)/searchlib index examples/articles --index $(DEMO_INDEX) --timezone Europe/London
	-$(BIN)/searchlib query $(DEMO_QUERY) --index $(DEMO_INDEX) --facets section,publisher --timeline month
	@echo
	@echo "Ask it yourself:  $(BIN)/searchlib query 'measles since:2023-10' --index $(DEMO_INDEX)"
	@echo "In a browser:     $(BIN)/searchlib serve $(DEMO_INDEX) --open"

test: $(VENV)/.tested $(VENV)/django-haystack ## Install what the tests need, run them
	$(PYTEST)

test-long: $(VENV)/.tested $(VENV)/django-haystack ## The tests with many more random examples
	HYPOTHESIS_PROFILE=long $(PYTEST) -o faulthandler_timeout=7200

test-shuffled: $(VENV)/.tested $(VENV)/django-haystack ## The tests in a random order, which its seed gives again
	$(PYTEST) -v -p randomly

check: $(VENV)/.tested     ## Style, types, the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

sanitize: $(VENV)/.tested  ## The kernels' tests under AddressSanitizer and UBSan
	@echo "Compiling the kernels with the sanitizers, which takes a minute or two."
	CFLAGS="$(SANITIZERS) -g -O1" LDFLAGS="$(SANITIZERS)" \
	    $(BIN)/python setup.py --quiet build --build-base build/sanitized --build-lib build/sanitized/lib --force
	LD_PRELOAD="$$(gcc -print-file-name=libasan.so) $$(gcc -print-file-name=libubsan.so)" \
	    ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1 PYTHONMALLOC=malloc \
	    PYTHONPATH=build/sanitized/lib $(BIN)/pytest -p no:cacheprovider -p no:xdist -o faulthandler_timeout=0 $(SANITIZED)

wheel: $(VENV)/.tested     ## Build the wheel and run the tests against it, installed elsewhere
	PYTHON=$(PYTHON) bash .ci/test-wheel $(BIN)/python

wheels: $(BIN)/python     ## Build and try wheels for this machine's platforms with cibuildwheel; on Linux it needs Docker
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'cibuildwheel>=3.2'
	$(BIN)/cibuildwheel --output-dir dist

docs: $(VENV)/.tested      ## Write docs/cli.md, the manual page and docs/json.md anew from the help texts and the schemas
	$(BIN)/python -m searchlib.cli.reference > docs/cli.md
	$(BIN)/python -m searchlib.cli.manual > docs/man/searchlib.1
	$(BIN)/python -m searchlib.json_schema.page > docs/json.md
	$(BIN)/python -m searchlib.json_schema.page --schema > docs/json-schema.json

notebook: $(VENV)/.tested  ## Run the example notebook anew over the articles in ../shared, and keep what it shows
	SEARCHLIB_SHARED=$(abspath ../shared) $(BIN)/jupyter-execute --inplace --NotebookClient.record_timing=False examples/reuters-1987.ipynb

screenshots-web: $(VENV)/.tested ## Draw the pictures of the reading room in docs/screenshots; needs Chromium
	$(BIN)/python benchmarks/web_screenshots.py

site: $(VENV)/.site        ## Build the documentation site into build/site; a dead link ends it
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --clean
	$(BIN)/python .ci/site_check.py build/site
	@echo "The site is there: build/site/index.html"

screenshots: $(VENV)/.tested ## Draw docs/screenshots anew from what the command line prints
	$(BIN)/python docs/screenshots/draw.py docs/screenshots

relevance: $(VENV)/.bench  ## Ranking quality beside four other engines; needs the test collections
	$(BIN)/python benchmarks/relevance.py

race: $(VENV)/.bench       ## Speed beside tantivy, SQLite FTS5 and bm25s; makes RACE_ARTICLES articles first (300000)
	$(BIN)/python benchmarks/race.py --articles $(RACE_ARTICLES) --grow $(RACE_GROW)

growth: $(VENV)/.installed ## How time grows with hostile texts; for a machine that does nothing else
	$(BIN)/python benchmarks/growth.py

html-benchmark: $(VENV)/.bench ## Quality of text extraction from web pages; needs the real pages
	@# The other libraries are left out, and said so, where pip cannot install them.
	-$(PIP) install --quiet --upgrade pip
	-$(PIP) install --quiet 'newspaper4k[nlp]>=0.9.3' 'goose3>=3.1.19'
	$(BIN)/python benchmarks/html_extraction.py

clean:           ## Remove what the targets above made
	rm -rf $(VENV) $(DEMO_INDEX) build dist *.egg-info

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "searchlib needs Python 3.10 or later: make PYTHON=python3.12")'
	@echo "Making an environment in $(VENV)."
	$(PYTHON) -m venv $(VENV)

# What pip does in an environment that it makes and throws away is done here once, so that the kernels are compiled
# while pip installs what searchlib needs.
$(VENV)/.installed $(VENV)/.tested $(VENV)/.bench $(VENV)/.site: $(BIN)/python pyproject.toml
	@echo "Installing what compiles the kernels: some seconds."
	$(PIP) install --quiet --no-compile $(BUILD_REQUIRES)
	@echo "Compiling the kernels, which takes half a minute on two cores, and installing what searchlib needs beside it."
	@$(MAKE) --no-print-directory -j2 kernels requirements EXTRAS=$(EXTRAS$(suffix $@))
	@touch $@

# Apart from the environment, in which Haystack 2 has a package of the same name.
$(VENV)/django-haystack: $(VENV)/.tested
	$(PIP) install --quiet --no-deps --upgrade --target $@ 'django-haystack>=3.3'

EXTRAS.installed = all
EXTRAS.tested = test
EXTRAS.bench = bench
EXTRAS.site = site

requirements:
	@$(BIN)/python .ci/requirements.py $(EXTRAS) > $(VENV)/requirements.txt
	@$(PIP) install --quiet -r $(VENV)/requirements.txt
	@echo "What searchlib needs is installed."

kernels:
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@echo "searchlib is installed, with its kernels."
