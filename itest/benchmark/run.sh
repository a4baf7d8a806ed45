#!/bin/sh
# Prints the figures of BENCHMARKS.md. Server and client get a processor each, where the machine has two.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
top=$here/../..
home=$top/runtime/target/latchkey
seconds=${1:-8}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

[ -d "$here/target/lib" ] && [ -d "$home/lib" ] || mvn -q -B -f "$top/pom.xml" -DskipTests install
class_path="$here/target/classes:$here/target/lib/*"

work=$(mktemp -d)
children=
finish() {
    for child in $children; do
        kill "$child" 2>/dev/null || true
    done
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

value() { sed -n "s/^$1[^:]*: *//p" /proc/cpuinfo | head -n 1; }
echo "machine: $(value 'model name'), $(nproc) processors, $(uname -sr)"
echo "java:    $("$java" -version 2>&1 | head -n 1)"

export LATCHKEY_HTTP_PORT=18080 LATCHKEY_LOG="$work/log" LATCHKEY_DATA="$work/data" LATCHKEY_DEPLOY="$work/deploy"

rss() { awk '/VmRSS/ {printf "%.0f MiB", $2 / 1024}' "/proc/$1/status"; }
cpu() { awk -v hz="$(getconf CLK_TCK)" '{printf "%.0f ms", ($14 + $15) * 1000 / hz}' "/proc/$1/stat"; }

begin() { # begin NAME: starts the server, and says how long that took
    : >"$work/out"
    "$home/bin/latchkey" run >"$work/out" 2>&1 &
    server=$!
    children="$children $server"
    until grep -q 'is ready at' "$work/out"; do
        kill -0 "$server" || { cat "$work/out"; exit 1; }
        sleep 0.02
    done
    sleep 1
    printf '%-28s %s   cpu %s   rss %s\n' "$1" "$(sed -n 's/.*(\([0-9]* ms\)).*/\1/p' "$work/out")" \
        "$(cpu "$server")" "$(rss "$server")"
}

end() {
    kill "$server"
    wait "$server" || true
}

echo
echo "start to ready, processor time until a second later, resident memory then"
"$home/bin/latchkey" rehearse >/dev/null 2>&1 || true
export LATCHKEY_ARCHIVE=false
for i in 1 2 3; do
    rm -rf "$work/data"
    begin "cold"
    end
done
for i in 1 2 3 4 5; do
    begin "warm, no class archive"
    end
done
export LATCHKEY_ARCHIVE=true
for i in 1 2 3 4 5; do
    begin "warm"
    end
done

echo
echo "requests of 32 connections, the server on one processor and the client on the other"
on 0 "$java" -Xmx512m -XX:+UseSerialGC -cp "$class_path" org.latchkey.benchmark.BareServlet 18081 >"$work/bare" 2>&1 &
children="$children $!"
load() { on 1 "$java" -cp "$class_path" org.latchkey.benchmark.Load "$@" "$seconds"; }
rm -rf "$work/data"
on 0 "$home/bin/latchkey" run >"$work/out" 2>&1 &
until grep -q 'is ready at' "$work/out" && grep -q ready "$work/bare"; do sleep 0.1; done
server=$(cat "$work/data/latchkey.pid")
children="$children $server"
base=http://127.0.0.1:18080/api/v1
secret=$(cat "$work/data/root-secret")
token=$(curl -s "$base/auth/token" -H 'Content-Type: application/json' -d "{\"id\":\"root\",\"secret\":\"$secret\"}" |
    sed 's/.*"token":"\([^"]*\)".*/\1/')
curl -s -o /dev/null "$base/entities" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"id":"alice","meta":{"display_name":"Alice","shell":"/bin/sh"}}'
load "bare servlet, GET" 18081 GET / "" ""
load "entity GET" 18080 GET /api/v1/entities/alice "$token" ""
load "bare servlet, POST" 18081 POST / "" "{\"token\":\"$token\"}"
load "auth/validate" 18080 POST /api/v1/auth/validate "" "{\"token\":\"$token\"}"
printf '%-28s rss %s\n' "after the load" "$(rss "$server")"

echo
echo "a plugin's page, dropped into deploy/ and removed 200 times, looked at every millisecond"
on 1 "$java" -cp "$class_path" org.latchkey.benchmark.DeployTimes 18080 "$work/deploy" 200
kill "$server"

echo
echo "a chain of 12 hooks that do nothing, beside the same in a plain array"
"$java" -cp "$class_path" org.openjdk.jmh.Main ChainBenchmark -rf text -rff "$work/jmh.txt" >"$work/jmh.log" 2>&1 ||
    { cat "$work/jmh.log"; exit 1; }
cat "$work/jmh.txt"
awk '$1 ~ /chain$/ {with = $(NF - 3)} $1 ~ /plainArray$/ {without = $(NF - 3)}
    END {printf "%-28s %.0f ns on top of the plain array\n", "containment, chain of 12", with - without}' "$work/jmh.txt"

echo
echo "signing tokens, per second of processor time, beside openssl speed in the same run"
for algorithm in rsa2048 ecdsap256 ed25519; do
    on 1 openssl speed -seconds 2 "$algorithm" 2>/dev/null | tail -n 1 || echo "no openssl"
done
on 1 "$java" -cp "$class_path" org.latchkey.oauth.key.SigningSpeed 2

echo
echo "login 4/s, validate 50/s, entity GET 50/s, a plugin's page 25/s, KV PUT with a hook 20/s, open loop, server and"
echo "client on all processors: without replacements, then with a hundred, twenty of them broken (whose own calls are left out)"
measure() { # measure TEST FIGURES: the tests that measure while they assert
    rm -f "$top/itest/target/$2"
    mvn -q -B -o -f "$top/pom.xml" -pl itest verify -Dit.test="$1" >"$work/mvn.log" 2>&1 || tail -n 40 "$work/mvn.log"
    cat "$top/itest/target/$2"
}
measure LiveChangeIT live-change.txt

echo
echo "entity GET 50/s and validate 50/s beside 300 changes/s whose hook works, then hangs for ever"
measure HangingHookIT hanging-hook.txt
