# Two commands are all that a new machine needs: make demo, make test.
PYTHON ?= python3
PORT ?= 8000

.PHONY: demo test lint clean

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

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet .
	touch $@

.venv-test/installed: pyproject.toml
	$(PYTHON) -m venv .venv-test
	.venv-test/bin/pip install --quiet --editable '.[test,ocr]'
	touch $@

clean:
	rm -rf .venv .venv-test demo build *.egg-info
