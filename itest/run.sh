#!/bin/sh
# Builds everything and runs every test. It takes a JDK (17 or newer) and Maven; arguments go to Maven, such as
# -Dit.test=StoryIT or -o. Where this runs as root and with apt it installs what a few tests need besides: Chromium, Apache
# with mod_auth_cas and mod_auth_openidc, and Node.js, whose npm then gets openid-client. Elsewhere those tests are
# skipped, and say so.

set -eu

fail() {
    echo "itest/run.sh: $*" >&2
    exit 1
}

command -v mvn >/dev/null || fail "no mvn found. The tests need Maven, and a JDK of 17 or newer."

packages() {
    DEBIAN_FRONTEND=noninteractive timeout 120 apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
    packages "$@" || { timeout 60 apt-get update -qq >/dev/null 2>&1 && packages "$@"; } ||
        echo "itest/run.sh: $* cannot be installed; the tests that need it are skipped." >&2
}

command -v chromedriver >/dev/null || install chromium chromium-driver
# Not the package apache2, which would start a service of the machine.
[ -e /usr/lib/apache2/modules/mod_auth_cas.so ] || install apache2-bin libapache2-mod-auth-cas
[ -e /usr/lib/apache2/modules/mod_auth_openidc.so ] || install apache2-bin libapache2-mod-auth-openidc

command -v npm >/dev/null || install nodejs npm

# Tests pass words of other alphabets to commands; without a locale Java would make question marks of them.
LC_ALL=C.UTF-8
export LC_ALL

cd "$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)"

# openid-client, by the versions and hashes of package-lock.json, unless it is there from before.
if command -v npm >/dev/null; then
    node=itest/target/node
    if [ ! -d $node/node_modules/openid-client ] || ! cmp -s itest/src/test/node/package-lock.json $node/package-lock.json; then
        mkdir -p $node
        cp itest/src/test/node/package.json itest/src/test/node/package-lock.json $node/
        timeout 120 npm ci --prefix $node --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
            echo "itest/run.sh: npm cannot install openid-client; the test that needs it is skipped." >&2
    fi
fi

exec mvn -B -ntp verify "$@"
