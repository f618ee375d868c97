// Judges proofs and notes with Go's own checksum database code: one JSON object a line in, "true" or "false" a line out.
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
	Kind                     string
	Index, Size, Old         int64
	Leaf, Root, OldRoot      tlog.Hash
	Hashes                   []tlog.Hash
	Note, Key                string
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

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var q question
		fmt.Fprintln(out, json.Unmarshal(in.Bytes(), &q) == nil && q.holds())
	}
}
