// Checks a checkpoint, an entry and an older root of ours, by the code of those who devised the form.
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"reference/note"
	"reference/tlog"
)

type shown struct {
	Note, Key, Leaf, Root string
	Index, Old            int64
	Inclusion             []string
	Consistency           []string
}

func hash(text string) tlog.Hash {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err == nil && len(raw) != tlog.HashSize {
		err = errors.New("this is no hash")
	}
	must(err)
	return tlog.Hash(raw)
}

func hashes(texts []string) (found []tlog.Hash) {
	for _, one := range texts {
		found = append(found, hash(one))
	}
	return found
}

func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func main() {
	var one shown
	must(json.NewDecoder(os.Stdin).Decode(&one))
	key, err := note.NewVerifier(one.Key)
	must(err)
	opened, err := note.Open([]byte(one.Note), note.VerifierList(key))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	var size int64
	_, err = fmt.Sscan(lines[1], &size)
	must(err)
	root := hash(lines[2])
	must(tlog.CheckRecord(hashes(one.Inclusion), size, root, one.Index, hash(one.Leaf)))
	must(tlog.CheckTree(hashes(one.Consistency), size, root, one.Old, hash(one.Root)))
	fmt.Println("accepted")
}
