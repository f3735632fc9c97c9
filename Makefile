# Two commands are all that a new machine needs: make demo, make test.
PYTHON ?= python3
PORT ?= 8000

.PHONY: demo test lint model clean

demo: .venv/installed
	.venv/bin/archive init demo
	.venv/bin/archive add seeds --archive demo
	@echo
	@echo "The archive is ready. Try:"
	@echo "  http://127.0.0.1:$(PORT)/search?q=Harbin+retail+licence"
	@echo "  http://127.0.0.1:$(PORT)/search?q=无感审批"
	@echo
	.venv/bin/archive serve --archive demo --host 127.0.0.1 --port $(PORT)

test: .venv-test/installed
	.venv-test/bin/ruff check .
	.venv-test/bin/ruff format --check .
	.venv-test/bin/mypy
	.venv-test/bin/python -m pytest

# A translation model, from the parallel text to its scores. SHARED is a folder with general.tar.xz
# and the development pairs domain.zh and domain.en, FROM the package whose weights it begins with,
# DEV further development sets; see translations/training/README.md.
SHARED ?= shared
MODEL ?= build/model
VERSION ?= 1.0
FROM ?= translations/models/*.argosmodel
DEV ?=
NEWS ?= 0.5
STEPS ?= 3000
MIX ?= news=1 local=2 joined=0.15 names=0.03 numbers=0.1 newsdev2017=$(NEWS) \
	newstest2018=$(NEWS) newstest2019enzh=$(NEWS) newstest2020enzh=$(NEWS)
OPTIONS ?= --tokens 1600 --warmup 50 --dropout 0.1
TRAINING = .venv-train/bin/python -m translations.training

model: .venv-train/installed
	$(TRAINING).corpus $(MODEL) --own translations/training/domain.tsv.gz \
		--shared $(SHARED) --seeds seeds --dev $(DEV)
	$(TRAINING).encode $(MODEL)
	$(TRAINING).train $(MODEL) $(MODEL) --from $(FROM) --mix $(MIX) --steps $(STEPS) \
		$(OPTIONS)
	$(TRAINING).package $(MODEL)/weights.npz $(MODEL)/sentencepiece.model $(VERSION) \
		$(MODEL)/$(VERSION).argosmodel
	$(TRAINING).evaluate $(MODEL) $(FROM) $(MODEL)/$(VERSION).argosmodel

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet .
	touch $@

.venv-test/installed: pyproject.toml
	$(PYTHON) -m venv .venv-test
	.venv-test/bin/pip install --quiet --editable '.[test,ocr]'
	touch $@

# PyTorch has an environment of its own: nothing else needs its gigabytes.
.venv-train/installed: pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/pip install --quiet --editable '.[evaluate]' 'torch>=2.6'
	touch $@

clean:
	rm -rf .venv .venv-test .venv-train demo build *.egg-info
