#!/bin/sh
# Tokens of the OAuth server a second, and looks at them, beside a bare servlet and openssl in the same run. The server has one
# processor and the client the other, where the machine has two. At the end whole logins by the code flow, beside the hash alone.
# Each figure is of the second half of its time; before the first, everything runs for that long, as the server compiles what it
# does often: on one processor that takes about half a minute.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
top=$here/../..
home=$top/runtime/target/latchkey
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
seconds=${1:-15}

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

become() { # become PROCESSOR COMMAND...: on, in place of the shell that it is called in, so that it can be ended
    processor=$1
    shift
    if command -v taskset >/dev/null 2>&1 && [ "$(nproc)" -gt 1 ]; then
        exec taskset -c "$processor" "$@"
    fi
    exec "$@"
}

path="$here/target/classes:$here/target/lib/*"
load() { # load NAME PORT...: told the process that is asked, so that it says what that spent
    asked=$server
    [ "$2" = 18080 ] || asked=$bare
    on 1 "$java" -Dserver="$asked" -cp "$path" org.latchkey.benchmark.Load "$@" "$seconds"
}
field() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }
hidden() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$work/page" | sed 's/&#x3D;/=/g'; }

become 0 "$java" -Xmx512m -XX:+UseSerialGC -cp "$here/target/classes:$here/target/lib/*" \
    org.latchkey.benchmark.BareServlet 18081 >"$work/bare" 2>&1 &
bare=$!
children=$bare
mkdir -p "$work/deploy"
cp "$home"/plugins/org.latchkey.oauth-*.jar "$work/deploy/"
cp -r "$home" "$work/home"
printf 'latchkey.mount="oidc"\nscopes=["read"]\n' >"$work/home/etc/latchkey.oauth-oidc.config"
LATCHKEY_HTTP_PORT=18080 LATCHKEY_LOG="$work/log" LATCHKEY_DATA="$work/data" LATCHKEY_DEPLOY="$work/deploy" \
    on 0 "$work/home/bin/latchkey" run >"$work/out" 2>&1 &
until grep -q 'is ready at' "$work/out" && grep -q ready "$work/bare"; do sleep 0.2; done
server=$(cat "$work/data/latchkey.pid")
children="$children $server"
base=http://127.0.0.1:18080
root=$(curl -s "$base/api/v1/auth/token" -H 'Content-Type: application/json' \
    -d "{\"id\":\"root\",\"secret\":\"$(cat "$work/data/root-secret")\"}" | field token)
until curl -sf -o /dev/null "$base/oidc/jwks"; do sleep 0.5; done

post() { # post PATH JSON
    curl -s "$base$1" -H "Authorization: Bearer $root" -H 'Content-Type: application/json' -d "$2"
}
client() { # client ID ALGORITHM: prints its credentials
    secret=$(post /oidc/clients "{\"client_id\":\"$1\",\"redirect_uris\":[\"https://rp.example.org/cb\"],\"trusted\":true,
        \"grant_types\":[\"authorization_code\",\"client_credentials\"],\"access_token_signed_response_alg\":\"$2\",
        \"scope\":\"openid profile read\"}" | field client_secret)
    printf 'Basic %s' "$(printf '%s:%s' "$1" "$secret" | base64 -w0)"
}
rs=$(client rs RS256)
es=$(client es ES256)
post /api/v1/entities '{"id":"ada","secret":"correct horse battery","meta":{"display_name":"Ada"}}' >/dev/null

curl -s -c "$work/jar" -o "$work/page" \
    "$base/oidc/authorize?response_type=code&client_id=rs&redirect_uri=https%3A%2F%2Frp.example.org%2Fcb&scope=openid%20profile"
code=$(curl -s -b "$work/jar" -o /dev/null -w '%{redirect_url}' "$base/oidc/login" --data-urlencode "token=$(hidden token)" \
    --data-urlencode "interaction=$(hidden interaction)" -d username=ada --data-urlencode 'password=correct horse battery' |
    sed 's/.*code=\([^&]*\).*/\1/')
access=$(curl -s "$base/oidc/token" -H "Authorization: $rs" -d grant_type=authorization_code -d "code=$code" \
    --data-urlencode redirect_uri=https://rp.example.org/cb | field access_token)

own='grant_type=client_credentials&scope=read'
warm() { load "$@" >/dev/null; }
warm "bare servlet, POST" 18081 POST / "" "$own"
warm "client_credentials ES256" 18080 POST /oidc/token "$es" "$own"
warm "client_credentials RS256" 18080 POST /oidc/token "$rs" "$own"
warm "introspection" 18080 POST /oidc/introspect "$rs" "token=$access"
warm "userinfo" 18080 GET /oidc/userinfo "$access" ""
load "bare servlet, POST" 18081 POST / "" "$own"
load "client_credentials RS256" 18080 POST /oidc/token "$rs" "$own"
load "client_credentials ES256" 18080 POST /oidc/token "$es" "$own"
load "introspection" 18080 POST /oidc/introspect "$rs" "token=$access"
load "bare servlet, GET" 18081 GET / "" ""
load "userinfo" 18080 GET /oidc/userinfo "$access" ""
load "discovery" 18080 GET /oidc/.well-known/openid-configuration "" ""
on 0 "$java" -Xms32m -Xmx512m -XX:+UseSerialGC -cp "$path" org.latchkey.benchmark.HashSpeed "$seconds"
on 1 "$java" -Dserver="$server" -cp "$path" org.latchkey.benchmark.CodeFlows 18080 rs "$rs" "$seconds"
awk '/VmRSS/ {printf "%-28s rss %.0f MiB\n", "after the load", $2 / 1024}' "/proc/$server/status"
for algorithm in rsa2048 ecdsap256; do
    on 0 openssl speed -seconds 2 "$algorithm" 2>/dev/null | tail -n 1 || echo "no openssl"
done
