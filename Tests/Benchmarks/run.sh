#!/bin/sh
# Measures tenure beside DuckDB, cel-python, Cloud Custodian, jq, simdjson, cat and OpenAI's client: make bench. Needs
# about 12 GB of disk for a few minutes.
#
#   TENURE_BENCH_PARTS=evaluation make bench    only that part of: documents,evaluation,scan,estate,live,disposition
#   TENURE_BENCH_MESSAGES=200000 TENURE_BENCH_RECORDS=1000000 TENURE_BENCH_RUNS=1 make bench    a quick look
set -eu
export PYTHONDONTWRITEBYTECODE=1
cd "$(dirname "$0")/../.."
work=${TENURE_BENCH_DIR:-.build/bench}
mkdir -p "$work"

install() {
    command -v apt-get >/dev/null || { echo "bench: install $* first" >&2; exit 2; }
    if [ "$(id -u)" = 0 ]; then apt-get install -y "$@" >&2; else sudo apt-get install -y "$@" >&2; fi
}

command -v jq >/dev/null || install jq
command -v openssl >/dev/null || install openssl
command -v strace >/dev/null || install strace
command -v python3 >/dev/null || install python3
if ! "$work/venv/bin/python" -c 'import duckdb, celpy, c7n, openai' 2>/dev/null; then
    python3 -m venv "$work/venv" 2>/dev/null || { install python3-venv; python3 -m venv "$work/venv"; }
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb cel-python c7n openai==3.52.0
fi
compiler=$(command -v "${CXX:-c++}" || command -v clang++) || { echo "bench: no C++ compiler found" >&2; exit 2; }
"$compiler" -O3 -std=c++17 -o "$work/floor" Tests/Benchmarks/floor.cpp -lsimdjson
"$compiler" -O2 -std=c++17 -o "$work/meter" Tests/Benchmarks/meter.cpp
"$compiler" -O2 -std=c++17 -o "$work/pages" Tests/Benchmarks/pages.cpp

for program in tenure EvaluationBench AuditLogBench; do
    [ -x ".build/release/$program" ] || { echo "bench: .build/release/$program is missing: make bench" >&2; exit 2; }
done
case ",${TENURE_BENCH_PARTS:-documents}," in
*,documents,*) "$work/venv/bin/python" Tests/Benchmarks/rules.py .build/release/tenure "$work/documents" ;;
esac
exec "$work/venv/bin/python" Tests/Benchmarks/bench.py
