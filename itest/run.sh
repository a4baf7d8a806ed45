#!/bin/sh
# Builds everything and runs every test. It takes a JDK (17 or newer) and Maven; arguments go to Maven, such as
# -Dit.test=StoryIT or -o.

set -eu

fail() {
    echo "itest/run.sh: $*" >&2
    exit 1
}

command -v mvn >/dev/null || fail "no mvn found. The tests need Maven, and a JDK of 17 or newer."

# Tests pass words of other alphabets to commands; without a locale Java would make question marks of them.
LC_ALL=C.UTF-8
export LC_ALL

cd "$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)"
exec mvn -B -ntp verify "$@"
