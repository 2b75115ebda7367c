// Verifies an audit log with Go's own packages for transparency logs, none of Tenure's code involved.
//
//	verify_log LOG VKEY KEPT PROOF LINE GROWTH
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("FAILED:", err)
		os.Exit(1)
	}
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	must(err)
	return data
}

// A checkpoint has a name where go.sum's tree has its title, and is otherwise the same.
func checkpoint(data []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(data, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		must(fmt.Errorf("the checkpoint is of %s", lines[0]))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	hash, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: hash}
}

func hashes(lines []string) []tlog.Hash {
	var found []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		must(err)
		found = append(found, hash)
	}
	return found
}

func split(data []byte) ([]string, []byte) {
	head, rest, _ := strings.Cut(string(data), "\n\n")
	return strings.Split(head, "\n"), []byte(rest)
}

func main() {
	words := os.Args[1:]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(words[1]))))
	must(err)
	tree := checkpoint(read(filepath.Join(words[0], "checkpoint")), verifier)
	kept := checkpoint(read(words[2]), verifier)
	fmt.Println("note: both checkpoints verified")

	files, err := filepath.Glob(filepath.Join(words[0], "audit-*.jsonl"))
	must(err)
	sort.Strings(files)
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	number := int64(0)
	for _, file := range files {
		lines := bytes.Split(read(file), []byte("\n"))
		for _, line := range lines[:len(lines)-1] {
			more, err := tlog.StoredHashes(number, line, reader)
			must(err)
			stored = append(stored, more...)
			number++
		}
	}
	for _, wanted := range []tlog.Tree{tree, kept} {
		root, err := tlog.TreeHash(wanted.N, reader)
		must(err)
		if root != wanted.Hash {
			must(fmt.Errorf("the root of %d entries is %s, signed was %s", wanted.N, root, wanted.Hash))
		}
		fmt.Printf("tlog: root of %d entries: ok\n", wanted.N)
	}

	head, signed := split(read(words[3]))
	index, err := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
	must(err)
	under := checkpoint(signed, verifier)
	entry := bytes.TrimSuffix(read(words[4]), []byte("\n"))
	must(tlog.CheckRecord(hashes(head[2:]), under.N, under.Hash, index, tlog.RecordHash(entry)))
	fmt.Printf("tlog: inclusion of entry %d in %d: ok\n", index, under.N)

	head, signed = split(read(words[5]))
	under = checkpoint(signed, verifier)
	must(tlog.CheckTree(hashes(head[1:]), under.N, under.Hash, kept.N, kept.Hash))
	fmt.Printf("tlog: growth from %d to %d: ok\n", kept.N, under.N)
}
