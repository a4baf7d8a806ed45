#!/bin/sh
# Builds the distribution if there is none, or if a source is newer, and runs the server in the foreground.
# It needs Java 17 or newer and Maven. Flags are those of bin/latchkey run (--http-port=8081 and so on).

set -eu

runtime=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
project=$(dirname "$runtime")
program=$runtime/target/latchkey/bin/latchkey

# The archive is the last thing that the build makes.
built() {
    set -- "$runtime"/target/latchkey-*.tar.gz
    [ -e "$1" ] && [ -x "$program" ] && ! find "$project/pom.xml" "$project/features" "$project/bundles" "$runtime" \
        -name target -prune -o -type f -newer "$1" -print | grep -q .
}

if ! built; then
    (cd "$project" && mvn -q -B -Dmaven.test.skip=true -pl runtime -am package)
fi

exec "$program" run "$@"
