"""Verifies an audit log with nothing of Tenure's: Python's hashlib, the openssl command, and pymerkle where it is there.

    verify_log.py LOG VKEY [--kept CHECKPOINT] [--proof PROOF LINE] [--growth PROOF]

Prints one line for each thing that it checked. Ends with 1 where one does not hold.
"""

import argparse
import base64
import hashlib
import pathlib
import subprocess
import sys
import tempfile


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves):
    """RFC 6962, section 2.1, over the hashes of entries; levels are joined from below."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2:]
    return level[0]


def check(name, holds):
    print(f"{name}: {'ok' if holds else 'FAILED'}")
    if not holds:
        sys.exit(1)


def openssl_verifies(public, text, signature):
    der = bytes.fromhex("302a300506032b6570032100") + public
    with tempfile.TemporaryDirectory() as scratch:
        files = {"key": der, "text": text, "signature": signature}
        paths = {name: f"{scratch}/{name}" for name in files}
        for name, data in files.items():
            pathlib.Path(paths[name]).write_bytes(data)
        run = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths["key"], "-rawin",
             "-in", paths["text"], "-sigfile", paths["signature"]], capture_output=True)
        return run.returncode == 0


def checkpoint(data, vkey):
    """The size and root of a signed note, after openssl verified it."""
    name, key_id, key = vkey.split("+", 2)
    public = base64.b64decode(key)
    assert public[0] == 1
    wanted = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    assert wanted.hex() == key_id, "the key's id is not that of its bytes"
    text, _, signatures = data.rpartition(b"\n\n")
    text += b"\n"
    for line in signatures.decode().splitlines():
        dash, signer, value = line.split(" ")
        raw = base64.b64decode(value)
        if dash == "\u2014" and signer == name and raw[:4] == wanted:
            check("signature, by openssl", openssl_verifies(public[1:], text, raw[4:]))
            lines = text.decode().split("\n")
            assert lines[0] == name
            return int(lines[1]), base64.b64decode(lines[2])
    check("signature by the key", False)


def entries(log):
    for path in sorted(pathlib.Path(log).glob("audit-*.jsonl")):
        yield from path.read_bytes().split(b"\n")[:-1]


def check_inclusion(proof, line, vkey):
    head, _, note = pathlib.Path(proof).read_bytes().partition(b"\n\n")
    lines = head.decode().split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    index = int(lines[1].removeprefix("index "))
    size, wanted = checkpoint(note, vkey)
    found, place, last = leaf(pathlib.Path(line).read_bytes().rstrip(b"\n")), index, size - 1
    for step in map(base64.b64decode, lines[2:]):
        if place & 1 or place == last:
            found = node(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, step)
        place, last = place >> 1, last >> 1
    check(f"inclusion of entry {index} in {size}", last == 0 and found == wanted)


def check_growth(proof, old, vkey):
    head, _, note = pathlib.Path(proof).read_bytes().partition(b"\n\n")
    lines = head.decode().rstrip("\n").split("\n")
    size, wanted = checkpoint(note, vkey)
    steps = [base64.b64decode(line) for line in lines[1:]]
    assert lines[0] == f"old {old[0]}"
    if old[0] == size:
        return check(f"growth from {old[0]} to {size}", old[1] == wanted and not steps)
    if old[0] & (old[0] - 1) == 0:
        steps.insert(0, old[1])
    place, last = old[0] - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if place & 1 or place == last:
            before, after = node(step, before), node(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node(after, step)
        place, last = place >> 1, last >> 1
    check(f"growth from {old[0]} to {size}", last == 0 and before == old[1] and after == wanted)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("log")
    words.add_argument("vkey")
    words.add_argument("--kept")
    words.add_argument("--proof", nargs=2)
    words.add_argument("--growth")
    words = words.parse_args()
    vkey = pathlib.Path(words.vkey).read_text().strip()
    size, wanted = checkpoint((pathlib.Path(words.log) / "checkpoint").read_bytes(), vkey)
    lines = list(entries(words.log))
    leaves = [leaf(line) for line in lines[:size]]
    check(f"root of {size} entries, by hashlib", len(leaves) == size and root(leaves) == wanted)
    kept = checkpoint(pathlib.Path(words.kept).read_bytes(), vkey) if words.kept else None
    if kept:
        check(f"root of the {kept[0]} kept entries, by hashlib", root(leaves[:kept[0]]) == kept[1])
    if words.proof:
        check_inclusion(*words.proof, vkey)
    if words.growth:
        check_growth(words.growth, kept, vkey)
    try:
        import pymerkle
    except ImportError:
        print("pymerkle: not there")
        return
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for line in lines[:size]:
        tree.append_entry(line)
    check(f"root of {size} entries, by pymerkle", tree.get_root() == wanted)
    if kept:
        check(f"root of the {kept[0]} kept entries, by pymerkle", tree.get_root(kept[0]) == kept[1])
        pymerkle.verify_consistency(kept[1], wanted, tree.prove_consistency(kept[0], size))
        check(f"growth from {kept[0]} to {size}, by pymerkle", True)


main()
