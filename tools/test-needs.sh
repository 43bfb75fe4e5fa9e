#!/bin/sh
# Programs the tests meet for real: a browser, a Redis of another make, clocks that can be moved. Installed where the
# machine lets us; elsewhere their tests skip with one line that says how to get them. In CI a missing one fails.
missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium"
command -v redis-server >/dev/null || missing="$missing redis-server"
command -v redis-sentinel >/dev/null || missing="$missing redis-sentinel"
command -v faketime >/dev/null || missing="$missing faketime"
command -v wrk >/dev/null || missing="$missing wrk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    for turn in 1 2 3; do
        apt-get -qq update >/dev/null 2>&1 && apt-get -qq install -y --no-install-recommends $missing >/dev/null 2>&1 && exit 0
        echo "apt-get did not succeed (try $turn of 3)"
        sleep 5
    done
fi
echo "Some tests will skip. On Debian and Ubuntu their programs come with: sudo apt-get install$missing"
[ -z "$CI" ] || exit 1
exit 0
