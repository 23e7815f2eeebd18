#!/bin/sh
# Makes the locks again: newest stable versions that are at least a week old,
# as names, versions and hashes, with no address in them.
#
#   tools/lock.sh                      everything
#   tools/lock.sh --upgrade-package x  only x (and what it needs) moves
#
# Without arguments every version may move. Look at the difference before it is kept.
set -eu
cd "$(dirname "$0")/.."

uv_version=0.13.8
oldest_wait=7 # days; a poisoned release is usually found within a week

python=$(tools/python.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

echo "Making the Python locks"
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$uv_version"

[ $# -gt 0 ] || set -- --upgrade
compile() {
    output=requirements/$1.txt
    shift
    "$work/venv/bin/uv" pip compile --quiet --system-certs --universal --python-version 3.11 \
        --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate \
        --exclude-newer "$oldest_wait days" --output-file "$output" "$@"
    echo "  $output: $(grep -c '^[a-z0-9]' "$output") packages"
}
compile run pyproject.toml --group build "$@"
compile vectors --group vectors --constraint requirements/run.txt "$@"
compile test --group test --constraint requirements/run.txt --constraint requirements/vectors.txt "$@"
compile bench --group bench --constraint requirements/run.txt --constraint requirements/test.txt "$@"
compile node --group node "$@"

# package.json names exact versions; this pins what they need in turn.
echo "Making the npm lock"
before=$("$python" -c "from datetime import *; print((datetime.now(UTC) - timedelta(days=$oldest_wait)).isoformat()[:19] + 'Z')")
cp package.json .npmrc "$work"
(cd "$work" && NODE_USE_SYSTEM_CA=1 npm install --package-lock-only --before="$before" --loglevel=error)
"$python" - "$work/package-lock.json" <<'PYTHON'
"""Take out where to send money: no address stands in a lock."""
import json
import pathlib
import sys

lock = json.loads(pathlib.Path(sys.argv[1]).read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
pathlib.Path("package-lock.json").write_text(json.dumps(lock, indent=2) + "\n")
PYTHON
echo "  package-lock.json: $(grep -c '"integrity"' package-lock.json) packages"

tools/check_words.sh
