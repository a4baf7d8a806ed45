#!/bin/sh
# Builds everything and runs every test. It takes a JDK (17 or newer) and Maven; arguments go to Maven, such as
# -Dit.test=StoryIT or -o.

set -eu

fail() {
    echo "itest/run.sh: $*" >&2
    exit 1
}

command -v mvn >/dev/null || fail "no mvn found. The tests need Maven, and a JDK of 17 or newer."

# One test needs an Apache, and is skipped where there is none. The package apache2, which would start a service of the
# machine, is not needed.
install_apache() {
    DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends \
        apache2-bin libapache2-mod-auth-cas >/dev/null 2>&1
}
if [ ! -e /usr/lib/apache2/modules/mod_auth_cas.so ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    install_apache || { timeout 120 apt-get update -qq >/dev/null 2>&1 && install_apache; } ||
        echo "itest/run.sh: apache2-bin and libapache2-mod-auth-cas cannot be installed; CasApacheIT is skipped." >&2
fi

# Tests pass words of other alphabets to commands; without a locale Java would make question marks of them.
LC_ALL=C.UTF-8
export LC_ALL

cd "$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)"
exec mvn -B -ntp verify "$@"
