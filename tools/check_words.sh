#!/bin/sh
# Fails where a file of ours names a place that only one machine has,
# or a lock names an address: a lock says what, each host says from where.
set -u
cd "$(dirname "$0")/.."

git rev-parse --is-inside-work-tree >/dev/null 2>&1 || {
    echo "Not a git checkout: nothing to look through."
    exit 0
}
wrong=0

# -I: no binary files. The names are split so that this file is not found by itself.
if git grep -nIE --untracked '(^|[^A-Za-z0-9_.-])/(work|opt|root|home)/' -- . ':!tools/check_words.sh'; then
    echo "Above: paths of one machine. Say where a thing is from the project's folder."
    wrong=1
fi
if git grep -nIE --untracked '(pythonhosted|pypi|registry\.npmjs)\.(org|com)' -- .; then
    echo "Above: a package registry's address. Name the package alone."
    wrong=1
fi
if grep -nE '://|"resolved"|^ *(-i|-f|--index-url|--extra-index-url|--find-links)' requirements/*.txt package-lock.json; then
    echo "Above: addresses in a lock. Make it again with: make lock"
    wrong=1
fi
exit $wrong
