#!/bin/sh
# Tries tenure and its twin with what others wrote: make counterparts. It installs what it needs below .build, from
# PyPI and Debian; where they cannot be reached it says so and ends well, unless TENURE_COUNTERPARTS=require.
#
#   TENURE=.build/debug/tenure make counterparts                     with another build
#   TENURE_CONTRACT=openapi.yaml make counterparts                   OpenAI's document, if it is not where it is looked for
#   TENURE_COUNTERPARTS_PARTS=client,contract make counterparts      only some of: client,contract,responses
set -eu
export PYTHONDONTWRITEBYTECODE=1
cd "$(dirname "$0")/../.."
work=$PWD/.build/counterparts
tenure=$PWD/${TENURE:-.build/release/tenure}
contract=${TENURE_CONTRACT:-../shared/contracts/openai-openapi.yaml}
parts=,${TENURE_COUNTERPARTS_PARTS:-client,contract,responses},
here=Tests/Counterparts
mkdir -p "$work"
rm -rf "$work/estate" "$work/empty" "$work/scan"

skip() {
    echo "counterparts: skipped $1: $2"
    [ "${TENURE_COUNTERPARTS:-}" != require ] || exit 1
}

# An environment of its own for each, for openai-responses wants an older client than the newest.
environment() {
    if ! "$work/$1/bin/pip" freeze --quiet 2>/dev/null | grep -qix "$(head -1 "$here/$1.txt")"; then
        { python3 -m venv "$work/$1" && "$work/$1/bin/pip" install --quiet --disable-pip-version-check \
            --requirement "$here/$1.txt"; } >"$work/$1.log" 2>&1
    fi
}

# Where the library of faketime is: the system's, or one that is unpacked below the build. Nothing where it cannot be had.
faketime() {
    library=$(find /usr/lib "$work/faketime" -name libfaketime.so.1 2>/dev/null | head -n 1)
    if [ -z "$library" ]; then
        mkdir -p "$work/faketime"
        (cd "$work/faketime" && apt-get download -q libfaketime && dpkg -x libfaketime_*.deb .) >/dev/null 2>&1 || true
        library=$(find "$work/faketime" -name libfaketime.so.1 | head -n 1)
    fi
    echo "$library"
}

twin() {
    rm -f "$work/twin.line"
    mkfifo "$work/twin.line"
    "$tenure" twin --port 0 "$@" >"$work/twin.line" 2>"$work/twin.log" &
    twin=$!
    trap 'kill $twin 2>/dev/null || true' EXIT
    # Its first line says where it listens, once it does; the line ends at once where it does not. It stays open, for
    # the twin may have more to say.
    exec 3<"$work/twin.line"
    url=
    read -r url _ <&3 || true
    case $url in
        http*) ;;
        *) cat "$work/twin.log" >&2; exit 1 ;;
    esac
}

stop() {
    kill "$twin"
    wait "$twin" 2>/dev/null || true
    trap - EXIT
}

[ -x "$tenure" ] || { echo "counterparts: $tenure is missing: make build" >&2; exit 2; }
if ! environment client; then
    skip everything "pip could not install $here/client.txt (see $work/client.log)"
    exit 0
fi
case $parts in *,client,*)
    "$tenure" estate --seed 7 --threads 60 --out "$work/estate" >/dev/null
    mkdir -p "$work/empty"
    twin --estate "$work/estate"
    "$work/client/bin/python" "$here/official_client.py" "$url" "$work/estate"
    stop
    twin --estate "$work/empty"
    "$work/client/bin/python" "$here/official_client.py" "$url"
    stop
esac
case $parts in *,contract,*)
    if [ -f "$contract" ]; then
        mkdir -p "$work/empty"
        twin --estate "$work/empty"
        "$work/client/bin/python" "$here/contract.py" "$contract" "$url" "$work/contract" "${TENURE_CONTRACT_EXAMPLES:-5}"
        stop
    else
        skip "OpenAI's document" "there is no $contract"
    fi
esac
case $parts in *,responses,*)
    faketime=$(faketime)
    if [ -z "$faketime" ]; then
        skip openai-responses "faketime cannot be had: apt-get install faketime"
    elif environment server; then
        "$work/client/bin/python" "$here/compatible.py" "$tenure" "$work/server/bin/python" "$faketime" "$work/scan"
    else
        skip openai-responses "pip could not install $here/server.txt (see $work/server.log)"
    fi
esac
