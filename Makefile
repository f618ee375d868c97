# make run    start everything on this machine and open the demonstration: PORT=8000 DATA=.data
# make test   the tests, with real engines in a throw-away folder: ARGS="tests/ledger -x"
# make check  lint, types, layers, migrations, deployment files
# make bench  the benchmarks, as ratios in one run
# make clean  remove DATA (all entries and documents in it) and the virtual environment
# make witness  the witness as one file for another authority's machine: build/witness.pyz
# make lock   compile requirements/*.lock anew: ARGS=--upgrade
# Without make: python3 config/launcher run | test | check | bench | clean | witness
PY ?= python3
PORT ?= 8000
DATA ?= .data
LAUNCHER := $(PY) config/launcher
UV ?= .venv/bin/uv
export PORT DATA
# The launcher stops in order if make is killed.
export STOP_WITH_PARENT = 1

run:
	@$(LAUNCHER) run

test:
	@$(LAUNCHER) test $(ARGS)

check:
	@$(LAUNCHER) check $(ARGS)

bench:
	@$(LAUNCHER) bench $(ARGS)

clean:
	@$(LAUNCHER) clean

witness:
	@$(LAUNCHER) witness $(ARGS)

shell:
	@$(LAUNCHER) exec

COMPILE = $(UV) pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(ARGS)
lock:
	echo uv | $(COMPILE:pyproject.toml=-) -o requirements/uv.lock
	$(COMPILE) --extra embedded -o requirements/run.lock
	$(COMPILE) --extra embedded --extra dev -c requirements/run.lock -o requirements/test.lock

.PHONY: run test check bench clean witness shell lock
