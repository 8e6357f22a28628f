#!/bin/sh
# make_venv.sh DIR: a virtual environment with the first Python that is new enough ($PYTHON goes first).
set -eu
dir=$1

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    if [ -n "${PYTHON:-}" ]; then
        echo "PYTHON=$PYTHON is not a Python 3.11 or newer." >&2
    else
        echo "Python 3.11 or newer is needed, and none was found: sudo apt install python3" >&2
    fi
    return 1
}

# Debian and Ubuntu keep the part of Python that makes environments in a package of its own.
has_venv() { "$1" -c 'import venv, ensurepip' 2>/dev/null; }

add_venv() {
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ]; then
        root=
    elif sudo -n true 2>/dev/null; then
        root='sudo -n'
    else
        root=none
    fi
    if [ "$root" = none ] || ! command -v apt-get >/dev/null; then
        echo "Python's venv is missing: sudo apt install $package" >&2
        return 1
    fi
    echo "Installing $package ..."
    export DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes
    { $root apt-get -qq update && $root apt-get -qq install -y --no-install-recommends "$package"; } >/dev/null || {
        echo "apt could not install it; this is needed: sudo apt install $package" >&2
        return 1
    }
}

python=$(find_python)
has_venv "$python" || add_venv "$python"
echo "Making $dir with $("$python" --version) ..."
# Half an environment would look like a whole one to make.
trap 'rm -rf "$dir"; exit 1' INT TERM HUP
"$python" -m venv --clear "$dir" || { rm -rf "$dir"; exit 1; }
