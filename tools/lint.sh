#!/bin/sh
# Looks for faults without running the program: all of them, then says which failed.
set -u
cd "$(dirname "$0")/.."

output=$(mktemp)
trap 'rm -f "$output"' EXIT INT TERM
failed=

check() {
    words=$1
    shift
    began=$(date +%s)
    printf '%s … ' "$words"
    if "$@" >"$output" 2>&1; then
        echo "good, $(($(date +%s) - began)) s"
    else
        echo "FAILED, $(($(date +%s) - began)) s"
        cat "$output"
        echo
        failed="$failed
  $words"
    fi
}

bin=.venv/bin
check "Code: common faults (ruff)" "$bin/ruff" check --quiet
check "Code: layout (ruff format)" "$bin/ruff" format --check --quiet
check "Code: types (mypy)" "$bin/mypy"
check "Code: imports run one way (lint-imports)" "$bin/lint-imports" --no-logo
check "Templates (djlint)" "$bin/djlint" templates --lint --quiet
check "Words: all collected (pybabel)" tools/messages.sh check
check "Words: all translated" "$bin/python" tools/check_translations.py
check "Files: no machine's paths, no addresses in locks" tools/check_words.sh

[ -z "$failed" ] || {
    echo "These failed:$failed"
    exit 1
}
