#!/bin/sh
# Executions of procs that are accepted a second, by an executor that does nothing and as processes of this machine, beside a bare
# servlet and the shell's own processes in the same run; and how many can follow one log. The server has one processor and the
# client the other, where the machine has two. What was accepted is waited for before the next part. procs.sh [seconds [followers]]
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
top=$here/../..
home=$top/runtime/target/latchkey
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
seconds=${1:-10}
followers=${2:-1000}

[ -d "$here/target/lib" ] && [ -d "$home/lib" ] || mvn -q -B -f "$top/pom.xml" -DskipTests install

work=$(mktemp -d)
children=
finish() {
    for child in $children; do
        kill "$child" 2>/dev/null || true
    done
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
field() { sed "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/"; }
path="$here/target/classes:$here/target/lib/*"

if command -v taskset >/dev/null 2>&1 && [ "$(nproc)" -gt 1 ]; then pin='taskset -c 0'; else pin=; fi
$pin "$java" -Xmx512m -XX:+UseSerialGC -cp "$path" org.latchkey.benchmark.BareServlet 18081 >"$work/bare" 2>&1 &
bare=$!
children=$bare
mkdir -p "$work/deploy"
cp "$home"/plugins/org.latchkey.procs-*.jar "$home"/plugins/org.latchkey.procs.exec.local-*.jar "$work/deploy/"
"$java" -cp "$path" org.latchkey.benchmark.PluginOf org.latchkey.benchmark.idle.Idle "$work/deploy/idle.jar"
cp -r "$home" "$work/home"
rm -rf "$work/home/data" "$work/home/log"
printf 'atOnce=I"10000"\n' >"$work/home/etc/latchkey.procs.local.config"
printf 'running=I"10000"\n' >"$work/home/etc/latchkey.procs.config"
LATCHKEY_HTTP_PORT=18080 LATCHKEY_LOG="$work/log" LATCHKEY_DATA="$work/data" LATCHKEY_DEPLOY="$work/deploy" \
    on 0 "$work/home/bin/latchkey" run >"$work/out" 2>&1 &
until grep -q 'is ready at' "$work/out" && grep -q ready "$work/bare"; do sleep 0.2; done
server=$(cat "$work/data/latchkey.pid")
children="$children $server"
base=http://127.0.0.1:18080
until curl -sf -o /dev/null "$base/procs/ping"; do sleep 0.5; done
root=$(curl -s "$base/api/v1/auth/token" -H 'Content-Type: application/json' \
    -d "{\"id\":\"root\",\"secret\":\"$(cat "$work/data/root-secret")\"}" | field token)
post() { # post PATH JSON
    curl -s "$base$1" -H "Authorization: Bearer $root" -H 'Content-Type: application/json' -d "$2"
}
load() { # load NAME PORT METHOD PATH BODY
    asked=$server
    [ "$2" = 18080 ] || asked=$bare
    on 1 "$java" -Dserver="$asked" -cp "$path" org.latchkey.benchmark.Load "$1" "$2" "$3" "$4" "$root" "$5" "$seconds"
}
idle() { # waits until no execution is under way
    until curl -s "$base/procs/metrics" | awk '/^proctor_executions\{status="(CREATED|RUNNING)"\}/ {n += $2} END {exit n > 0}'; do
        sleep 1
    done
}

stamps='i=0; while [ $i -lt 300 ]; do date +%s%N; i=$((i+1)); sleep 0.1; done'
post /procs/metadata "[{\"name\":\"idle\",\"executor\":\"idle\",\"command\":[\"/bin/true\"]},
    {\"name\":\"process\",\"executor\":\"local\",\"command\":[\"/bin/true\"]},
    {\"name\":\"stamps\",\"executor\":\"local\",\"command\":[\"/bin/sh\",\"-c\",\"$stamps\"]}]"

for name in idle process; do
    eval "body_$name='{\"name\":\"$name\",\"args\":{}}'"
done
load warm 18081 POST / "$body_idle" >/dev/null
load warm 18080 POST /procs/execution "$body_idle" >/dev/null
idle
load "bare servlet, POST" 18081 POST / "$body_idle"
load "accepted, nothing to run" 18080 POST /procs/execution "$body_idle"
idle
load "accepted, processes" 18080 POST /procs/execution "$body_process"
idle
# The shell does the same but for the server: each in a session and an environment of its own.
start=$(date +%s%N)
on 0 sh -c 'i=0; while [ $i -lt 200 ]; do setsid -w env -i /bin/true; i=$((i+1)); done'
echo "processes begun by sh alone, a second: $((200 * 1000000000 / ($(date +%s%N) - start)))"
run=$(post /procs/execution '{"name":"stamps","args":{}}' | field id)
on 1 "$java" -Dserver="$server" -cp "$path" org.latchkey.benchmark.Followers 18080 "/procs/execution/$run/logs" "$root" "$followers"
awk '/VmRSS/ {printf "%-28s rss %.0f MiB\n", "after the load", $2 / 1024} /Threads/ {printf "%-28s %d threads\n", "after the load", $2}' \
    "/proc/$server/status"
