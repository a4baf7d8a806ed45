#!/bin/sh
# Builds everything and runs every test. It takes a JDK (17 or newer) and Maven; arguments go to Maven, such as
# -Dit.test=StoryIT or -o.

set -eu

fail() {
    echo "itest/run.sh: $*" >&2
    exit 1
}

command -v mvn >/dev/null || fail "no mvn found. The tests need Maven, and a JDK of 17 or newer."

cd "$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)"
exec mvn -B -ntp verify "$@"
