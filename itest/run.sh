#!/bin/sh
# Builds everything and runs every test. It takes a JDK (17 or newer) and Maven; arguments go to Maven, such as
# -Dit.test=StoryIT or -o. What some tests need besides is installed where this runs as root and with apt: Chromium.
# Without it those tests are skipped and say so.

set -eu

fail() {
    echo "itest/run.sh: $*" >&2
    exit 1
}

command -v mvn >/dev/null || fail "no mvn found. The tests need Maven, and a JDK of 17 or newer."

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
    echo "itest/run.sh: installing $*"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
        >/dev/null 2>&1 || echo "itest/run.sh: $* cannot be installed; what needs it is skipped"
}

command -v chromedriver >/dev/null || install chromium chromium-driver

# Tests pass words of other alphabets to commands; without a locale Java would make question marks of them.
LC_ALL=C.UTF-8
export LC_ALL

cd "$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)"
exec mvn -B -ntp verify "$@"
