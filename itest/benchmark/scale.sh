#!/bin/sh
# The directory at growing size: scale.sh [sizes...], on the embedded database or on that of LATCHKEY_DB_URL, which has
# to be empty. The server has one processor and the client the other, where the machine has two.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
top=$here/../..
home=$top/runtime/target/latchkey
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ $# -gt 0 ] || set -- 1000 100000 1000000

[ -d "$here/target/lib" ] && [ -d "$home/lib" ] || mvn -q -B -f "$top/pom.xml" -DskipTests install

work=$(mktemp -d)
finish() {
    kill "$server" 2>/dev/null || true
    wait || true
    rm -rf "$work"
}

on() { # on PROCESSOR COMMAND...
    processor=$1
    shift
    if command -v taskset >/dev/null 2>&1 && [ "$(nproc)" -gt 1 ]; then
        taskset -c "$processor" "$@"
    else
        "$@"
    fi
}

export LATCHKEY_HTTP_PORT=18080 LATCHKEY_LOG="$work/log" LATCHKEY_DATA="$work/data" LATCHKEY_DEPLOY="$work/deploy"
on 0 "$home/bin/latchkey" run >"$work/out" 2>&1 &
server=$!
trap finish EXIT
until grep -q 'is ready at' "$work/out"; do
    kill -0 "$server" || { cat "$work/out"; exit 1; }
    sleep 0.1
done
server=$(cat "$work/data/latchkey.pid") # of the server itself, and not of what pins it to its processor
secret=$(cat "$work/data/root-secret")
on 1 "$java" -cp "$here/target/classes:$here/target/lib/*" org.latchkey.benchmark.Scale 18080 "secret:$secret" 6 "$@"
awk '/VmRSS/ {printf "resident memory %.0f MiB", $2 / 1024} /VmHWM/ {printf "most %.0f MiB, ", $2 / 1024} END {print ""}' \
    "/proc/$server/status"
du -sm "$work/data" | awk '{print "data directory " $1 " MiB"}'
