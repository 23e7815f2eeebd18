#!/bin/sh
# Prints a Python that can build this project, or says what is missing.
# PYTHON=/path/to/python3 chooses one by hand.
set -eu

fit='import sys; sys.exit(sys.version_info < (3, 11))'
found=
for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    command -v "$name" >/dev/null 2>&1 || continue
    version=$("$name" --version 2>/dev/null) || continue # a name that leads nowhere
    found="${found:+$found, }$name is $version"
    "$name" -c "$fit" 2>/dev/null || continue
    if ! "$name" -c 'import ensurepip, venv' 2>/dev/null; then
        found="$found without venv"
        continue
    fi
    "$name" -c 'import sys; print(sys.executable)'
    exit 0
done

cat >&2 <<MESSAGE
This needs Python 3.11 or newer, with its "venv" part.
Found: ${found:-no Python at all}.
On Debian or Ubuntu: apt-get install python3 python3-venv
Or name one yourself: make PYTHON=/path/to/python3 run
MESSAGE
exit 1
