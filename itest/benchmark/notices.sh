#!/bin/sh
# Notices a second through the outbox to a notifier that does nothing, on the embedded database and on a PostgreSQL of its own,
# and how long sign-ins take with and without a storm of 10,000 notices a second. The server (and PostgreSQL) has one processor
# and the client the other, where the machine has two. notices.sh [seconds for each figure]
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
top=$here/../..
home=$top/runtime/target/latchkey
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
seconds=${1:-15}

[ -d "$here/target/lib" ] && [ -d "$home/lib" ] || mvn -q -B -f "$top/pom.xml" -DskipTests install

work=$(mktemp -d)
server=
database=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    exec 3>&- # ends the database
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

until_said() { # until_said TEXT FILE PROCESS
    touch "$2"
    until grep -q "$1" "$2"; do
        kill -0 "$3" || { cat "$2" >&2; exit 1; }
        sleep 0.2
    done
}

path="$here/target/classes:$here/target/lib/*"
measure() { # measure NAME
    mkdir -p "$work/$1/deploy"
    LATCHKEY_HTTP_PORT=18080 LATCHKEY_LOG="$work/$1/log" LATCHKEY_DATA="$work/$1/data" \
        LATCHKEY_DEPLOY="$work/$1/deploy" on 0 "$home/bin/latchkey" run >"$work/$1/out" 2>&1 3>&- &
    until_said 'is ready at' "$work/$1/out" $!
    server=$(cat "$work/$1/data/latchkey.pid")
    on 1 "$java" -cp "$path" org.latchkey.benchmark.NoticeStorm \
        18080 "$(cat "$work/$1/data/root-secret")" "$work/$1/deploy" "$seconds" "$1"
    awk -v name="$1" '/VmRSS/ {printf "%-12s resident memory %.0f MiB\n", name, $2 / 1024}' "/proc/$server/status"
    printf '%-12s drops said in the log: %s\n' "$1" "$(cat "$work/$1"/log/* | grep -c 'notice.dropped' || true)"
    kill "$server"
    while kill -0 "$server" 2>/dev/null; do sleep 0.2; done
    server=
}

measure h2

mkfifo "$work/end"
on 0 "$java" -cp "$path" org.latchkey.benchmark.EmbeddedDatabase 18432 "$work/database" \
    <"$work/end" >"$work/database.out" 2>&1 &
database=$!
exec 3>"$work/end"
until_said 'ready at' "$work/database.out" "$database"
LATCHKEY_DB_URL=jdbc:postgresql://127.0.0.1:18432/postgres LATCHKEY_DB_USER=postgres LATCHKEY_DB_PASSWORD=postgres
export LATCHKEY_DB_URL LATCHKEY_DB_USER LATCHKEY_DB_PASSWORD
measure postgresql
