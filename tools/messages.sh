#!/bin/sh
# Collects the words that people read and hands them to every language.
#
#   tools/messages.sh          writes translations/messages.pot and each messages.po
#   tools/messages.sh check    only says whether that would change anything
#
# A new language: .venv/bin/pybabel init -i translations/messages.pot -d translations -l cy
set -eu
cd "$(dirname "$0")/.."

pybabel=.venv/bin/pybabel
template=translations/messages.pot
check=
if [ "${1:-}" = check ]; then
    check=yes
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT INT TERM
    template=$work/messages.pot
fi
mkdir -p translations

# The name of the file without its line: a moved line is no news to a translator.
"$pybabel" --quiet extract --mapping-file pyproject.toml --keywords '_l lazy_ngettext:1,2' \
    --ignore-dirs '.* _* node_modules static' \
    --add-comments 'Translators:' --strip-comments --add-location file --sort-by-file --no-wrap \
    --project feedback --version 0.1.0 --copyright-holder 'the feedback authors' \
    --msgid-bugs-address '' --output-file "$template" .

if [ -n "$check" ]; then
    .venv/bin/python tools/check_translations.py --collected "$template" || exit 1
fi

ls translations/*/LC_MESSAGES/messages.po >/dev/null 2>&1 || exit 0 # no language yet
"$pybabel" --quiet update ${check:+--check} --input-file "$template" --output-dir translations \
    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap || {
    echo "A language lacks words that the pages have. Run: make messages"
    exit 1
}
