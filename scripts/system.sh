#!/bin/sh
# Programs the tests drive: Chromium and PostgreSQL. Installs them where it may; fails clearly where it may not.
set -eu

has_chromium() { [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
    || command -v google-chrome >/dev/null 2>&1; }
has_postgres() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

missing=
has_chromium || missing="$missing chromium"
has_postgres || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

fail() {
    printf 'tests: missing:%s. %s\n' "$missing" "$1" >&2
    printf '       Debian, Ubuntu: apt-get install%s\n' "$missing" >&2
    exit 1
}

command -v apt-get >/dev/null 2>&1 || fail "There is no apt-get here to install them."
if [ "$(id -u)" = 0 ]; then root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then root="sudo -n"
else fail "Installing needs root."
fi

printf 'tests: installing%s\n' "$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086  # both are lists of words
if ! { $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    fail "apt-get could not install them."
fi
missing=
has_chromium || missing="$missing chromium"
has_postgres || missing="$missing postgresql"
[ -z "$missing" ] || fail "They were installed but cannot be found."
