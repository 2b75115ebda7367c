#!/bin/sh
# Has strangers verify an audit log: openssl, Python's hashlib, pymerkle, and Go's sumdb/note and tlog as Debian packs
# them. Nothing is installed but into a directory of its own.
#
#   swift build && Tests/Counterparts/audit_log.sh
#   TENURE_BIN=.build/release Tests/Counterparts/audit_log.sh 100000    another build, more entries
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "${TENURE_BIN:-$here/../../.build/debug}" && pwd)
work=${TENURE_COUNTERPARTS_DIR:-$here/../../.build/counterparts}
entries=${1:-70000}
mkdir -p "$work"
work=$(cd "$work" && pwd)

python=$work/venv/bin/python
if ! "$python" -c 'import pymerkle' 2>/dev/null; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check pymerkle==7.0.0
fi
if [ ! -x "$work/go/usr/lib/go-1.19/bin/go" ]; then
    mkdir -p "$work/go"
    (
        cd "$work/go"
        apt-get download -q golang-1.19-go golang-1.19-src golang-golang-x-mod-dev
        for package in *.deb; do dpkg -x "$package" .; done
        # Debian links what the compiler reads to where it would be installed.
        for name in api misc src test; do
            rm -rf "usr/lib/go-1.19/$name"
            ln -s "$work/go/usr/share/go-1.19/$name" "usr/lib/go-1.19/$name"
        done
    )
fi
export GOROOT="$work/go/usr/lib/go-1.19" GOPATH="$work/go/usr/share/gocode" GO111MODULE=off
export GOCACHE="$work/gocache" GOTOOLDIR="$work/go/usr/lib/go-1.19/pkg/tool/linux_$(dpkg --print-architecture)"
[ -x "$work/verify_log" ] || "$GOROOT/bin/go" build -o "$work/verify_log" "$here/verify_log.go"

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
openssl genpkey -algorithm ed25519 -out "$log/key.pem"
chmod 600 "$log/key.pem"
"$bin/AuditLogBench" write "$log/log" "$log/key.pem" "$entries" 1234
kept=$((entries / 1234 / 2 * 1234 + 1))
cp "$log/log/checkpoints/$kept" "$log/kept"
cp "$log/log/log.vkey" "$log/trusted.vkey"
cd "$log"
"$bin/tenure" audit verify --log log --vkey trusted.vkey --since kept
"$bin/tenure" audit prove --log log --vkey trusted.vkey --entry $((entries / 3)) --proof proof --line line >/dev/null
"$bin/tenure" audit consistency --log log --vkey trusted.vkey --since kept --proof growth >/dev/null
"$python" "$here/verify_log.py" log trusted.vkey --kept kept --proof proof line --growth growth
"$work/verify_log" log trusted.vkey kept proof line growth

# And they see what is wrong.
sed -i "$((entries / 2))s/thread/Thread/" log/audit-000000000000.jsonl
if "$python" "$here/verify_log.py" log trusted.vkey >/dev/null; then echo "Python saw no change"; exit 1; fi
if "$work/verify_log" log trusted.vkey kept proof line growth >/dev/null; then echo "Go saw no change"; exit 1; fi
if "$bin/tenure" audit verify --log log --vkey trusted.vkey >/dev/null; then echo "tenure saw no change"; exit 1; fi
echo "an entry that was changed: seen by all"
