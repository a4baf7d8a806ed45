#!/bin/sh
# Cycles of a CAS server: a service ticket by an existing session and its p3/serviceValidate, with tickets in memory and
# in the embedded database. The server has one processor and the client the other, where the machine has two.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
top=$here/../..
home=$top/runtime/target/latchkey
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
seconds=${1:-20}

[ -d "$here/target/lib" ] && [ -d "$home/lib" ] || mvn -q -B -f "$top/pom.xml" -DskipTests install

work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait || true
    rm -rf "$work"
}
trap finish EXIT

on() { # on PROCESSOR COMMAND...
    processor=$1
    shift
    if command -v taskset >/dev/null 2>&1 && [ "$(nproc)" -gt 1 ]; then
        taskset -c "$processor" "$@"
    else
        "$@"
    fi
}

measure() { # measure NAME PLUGIN...
    name=$1
    shift
    mkdir -p "$work/$name/deploy"
    cp -r "$home" "$work/$name/home"
    printf 'url="https://portal.example.org/app"\nattributes=["*"]\n' >"$work/$name/home/etc/latchkey.cas.service-portal.config"
    for plugin; do
        cp "$home"/plugins/"$plugin"-*.jar "$work/$name/deploy/"
    done
    LATCHKEY_HTTP_PORT=18080 LATCHKEY_LOG="$work/$name/log" LATCHKEY_DATA="$work/$name/data" \
        LATCHKEY_DEPLOY="$work/$name/deploy" on 0 "$work/$name/home/bin/latchkey" run >"$work/$name/out" 2>&1 &
    until grep -q 'is ready at' "$work/$name/out"; do
        sleep 0.2
    done
    server=$(cat "$work/$name/data/latchkey.pid")
    sleep 2
    on 1 "$java" -cp "$here/target/classes:$here/target/lib/*" org.latchkey.benchmark.CasCycles \
        18080 "$(cat "$work/$name/data/root-secret")" "$seconds" "$name"
    awk '/VmRSS/ {printf "resident memory %.0f MiB\n", $2 / 1024}' "/proc/$server/status"
    kill "$server"
    wait
    server=
}

measure memory org.latchkey.cas
measure sql org.latchkey.cas org.latchkey.tickets.sql
