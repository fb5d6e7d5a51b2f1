#!/bin/sh
# Runs the named stages one after another, all of them, and fails if any failed. The tests come last, so that the
# closing line of pytest is the last line.
set -u
cd "$(dirname "$0")/.."
failed=
spent=

stage() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    began=$(date +%s)
    "$@" || failed="$failed $name"
    spent="$spent  $name $(($(date +%s) - began)) s"
}

before_tests() {
    [ -z "$spent" ] || printf '\n== time so far:%s\n' "$spent"
    [ -z "$failed" ] || printf '== FAILED so far:%s\n' "$failed"
}

for wanted in "$@"; do
    case $wanted in
        lint) stage lint .venv/bin/ruff check . ;;
        types) stage types .venv/bin/mypy ;;
        contract)
            before_tests
            stage contract .venv/bin/python -m pytest tests/contract -q
            ;;
        tests)
            before_tests
            stage tests .venv/bin/python -m pytest --durations=10
            ;;
        *) echo "stages: unknown stage $wanted" >&2; exit 2 ;;
    esac
done
[ -z "$failed" ]
