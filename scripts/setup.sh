#!/bin/sh
# Makes .venv with the locked versions and this project in it; says what is missing when it cannot.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# 3.11 first: the version that the tests run on. A pyenv shim may be there and still refuse, so each one is tried.
candidates() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3 python; do
        command -v "$name" 2>/dev/null || true
    done
    for path in "${HOME:-/nonexistent}"/.pyenv/versions/3.*/bin/python3 /usr/local/bin/python3 /usr/bin/python3; do
        if [ -x "$path" ]; then echo "$path"; fi
    done
}

can_venv() { "$1" -c 'import ensurepip, venv; ensurepip.version()' >/dev/null 2>&1; }

choose() {  # first one that can make a venv by itself, else the first that is new enough
    fallback=
    for python in $(candidates); do
        new_enough "$python" || continue
        if can_venv "$python"; then echo "$python"; return; fi
        fallback=${fallback:-$python}
    done
    echo "$fallback"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

install_venv_package() {  # Debian and Ubuntu keep ensurepip in a package of its own
    command -v apt-get >/dev/null 2>&1 || return 1
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "setup: installing python$version-venv"
    as_root apt-get update -qq >/dev/null 2>&1 || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "python$version-venv" \
        >/dev/null 2>&1
}

make_venv() {
    rm -rf .venv
    if can_venv "$1" || { install_venv_package "$1" && can_venv "$1"; }; then
        "$1" -m venv .venv
    elif "$1" -m pip --version >/dev/null 2>&1 && "$1" -m venv --without-pip .venv 2>/dev/null; then
        "$1" -m pip --python .venv/bin/python install --quiet pip  # no ensurepip: the system's pip fills the venv
    elif "$1" -m virtualenv --version >/dev/null 2>&1; then
        "$1" -m virtualenv --quiet .venv
    else
        say "setup: $1 cannot make a virtual environment."
        say "       Install its venv package (Debian, Ubuntu: apt-get install python3-venv), then run make again."
        exit 1
    fi
}

usable() { [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }

if ! usable; then
    python=$(choose)
    if [ -z "$python" ]; then
        say "setup: no Python 3.11 or newer found. Install one, or name it: make setup PYTHON=/path/to/python3"
        exit 1
    fi
    say "setup: making .venv with $("$python" --version) ($python)"
    make_venv "$python"
fi

pip() { PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore .venv/bin/python -m pip "$@"; }

say "setup: installing the locked versions (a few minutes the first time)"
pip install --quiet --no-input --requirement requirements.lock
PYTHONWARNINGS=ignore pip install --quiet --no-input --no-deps --no-build-isolation --editable .
touch .venv/.ready
say "setup: ready"
