// Judges proofs and notes with Go's own checksum database code: one JSON object a line in, "true" or "false" a line out.
// With a number: proves a tree of that size itself.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Kind                string
	Index, Size, Old    int64
	Leaf, Root, OldRoot tlog.Hash
	Hashes              []tlog.Hash
	Note, Key           string
}

func (q question) holds() bool {
	switch q.Kind {
	case "inclusion":
		return tlog.CheckRecord(q.Hashes, q.Size, q.Root, q.Index, q.Leaf) == nil
	case "consistency":
		return tlog.CheckTree(q.Hashes, q.Size, q.Root, q.Old, q.OldRoot) == nil
	}
	verifier, err := note.NewVerifier(q.Key)
	if err != nil {
		return false
	}
	opened, err := note.Open([]byte(q.Note), note.VerifierList(verifier))
	if err != nil {
		return false
	}
	tree, err := tlog.ParseTree([]byte("go.sum database tree\n" + after(opened.Text)))
	return err == nil && tree.N == q.Size && tree.Hash == q.Root
}

// after returns a checkpoint without its origin: Go's own logs all have the same first line.
func after(text string) string {
	for i := range text {
		if text[i] == '\n' {
			return text[i+1:]
		}
	}
	return ""
}

type made struct {
	Leaf, Root  tlog.Hash
	Record      tlog.RecordProof
	Tree        tlog.TreeProof
	Index, Size int64
}

// prove prints, for every size up to the given one and every entry "leaf i" in it, what Go itself proves: that the
// entry is there, and that the tree contains the tree which ends with it.
func prove(size int64, out *json.Encoder) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	for n := int64(1); n <= size; n++ {
		hashes, err := tlog.StoredHashes(n-1, []byte(fmt.Sprintf("leaf %d", n-1)), reader)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
		root, err := tlog.TreeHash(n, reader)
		if err != nil {
			return err
		}
		for i := int64(0); i < n; i++ {
			record, err := tlog.ProveRecord(n, i, reader)
			if err != nil {
				return err
			}
			tree, err := tlog.ProveTree(n, i+1, reader)
			if err != nil {
				return err
			}
			leaf := tlog.RecordHash([]byte(fmt.Sprintf("leaf %d", i)))
			if err := out.Encode(made{leaf, root, record, tree, i, n}); err != nil {
				return err
			}
		}
	}
	return nil
}

func main() {
	if len(os.Args) == 2 {
		var size int64
		fmt.Sscan(os.Args[1], &size)
		if err := prove(size, json.NewEncoder(os.Stdout)); err != nil {
			panic(err)
		}
		return
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var q question
		fmt.Fprintln(out, json.Unmarshal(in.Bytes(), &q) == nil && q.holds())
	}
}
