// A verifier of published ledgers that shares no code with the product: golang.org/x/mod/sumdb, which verifies Go's checksum database.
// It hashes every entry, and asks for a proof of inclusion of each N-th one and of consistency with an older checkpoint.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type folder string

func (f folder) Height() int { return height }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		// The database of Go has the height in its paths, tlog-tiles does not.
		path := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if errors.Is(err, fs.ErrNotExist) && t.W < 1<<height {
			t.W = 1 << height
			path = strings.Replace(t.Path(), "tile/8/", "tile/", 1)
			data, err = os.ReadFile(filepath.Join(string(f), path))
		}
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func fail(format string, args ...any) {
	fmt.Printf("FAILED "+format+"\n", args...)
	os.Exit(1)
}

func must[T any](value T, err error) T {
	if err != nil {
		fail("%v", err)
	}
	return value
}

// open verifies a checkpoint and returns its tree.
func open(text []byte, keys note.Verifiers) tlog.Tree {
	read := must(note.Open(text, keys))
	lines := strings.Split(read.Text, "\n")
	if len(lines) < 4 || lines[0] != read.Sigs[0].Name {
		fail("no checkpoint of %s", read.Sigs[0].Name)
	}
	size := must(strconv.ParseInt(lines[1], 10, 64))
	root := must(base64.StdEncoding.DecodeString(lines[2]))
	tree := tlog.Tree{N: size}
	if copy(tree.Hash[:], root) != len(root) {
		fail("the root has %d bytes", len(root))
	}
	return tree
}

func main() {
	key := flag.String("key", "", "file of the verifier key")
	old := flag.String("old", "", "file of an older checkpoint")
	every := flag.Int64("every", 997, "prove the inclusion of each N-th entry")
	proof := flag.String("proof", "", "file of a tlog-proof to verify, with -entry and without a folder")
	entry := flag.String("entry", "", "file of the entry of that proof")
	flag.Parse()
	keys := note.VerifierList(must(note.NewVerifier(strings.TrimSpace(string(must(os.ReadFile(*key)))))))
	if *proof != "" {
		verifyProof(must(os.ReadFile(*proof)), must(os.ReadFile(*entry)), keys)
		return
	}
	log := folder(flag.Arg(0))
	tree := open(must(os.ReadFile(filepath.Join(string(log), "checkpoint"))), keys)
	hashes := tlog.TileHashReader(tree, log)
	proofs := 0
	for bundle := int64(0); bundle<<height < tree.N; bundle++ {
		first := bundle << height
		width := min(tree.N-first, 1<<height)
		tile := tlog.Tile{H: height, L: -1, N: bundle, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		data := must(os.ReadFile(filepath.Join(string(log), path)))
		var want []int64
		for i := range width {
			want = append(want, tlog.StoredHashIndex(0, first+i))
		}
		stored := must(hashes.ReadHashes(want))
		for i := range width {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				fail("bundle %d ends early", bundle)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			leaf := tlog.RecordHash(data[2:end])
			data = data[end:]
			if leaf != stored[i] {
				fail("entry %d is not in the tree", first+i)
			}
			if (first+i)%*every == 0 || first+i == tree.N-1 {
				path := must(tlog.ProveRecord(tree.N, first+i, hashes))
				if err := tlog.CheckRecord(path, tree.N, tree.Hash, first+i, leaf); err != nil {
					fail("inclusion of %d: %v", first+i, err)
				}
				proofs++
			}
		}
		if len(data) > 0 {
			fail("bundle %d is too long", bundle)
		}
	}
	fmt.Printf("verified %d entries, %d proofs of inclusion\n", tree.N, proofs)
	if *old != "" {
		before := open(must(os.ReadFile(*old)), keys)
		path := must(tlog.ProveTree(tree.N, before.N, hashes))
		if err := tlog.CheckTree(path, tree.N, tree.Hash, before.N, before.Hash); err != nil {
			fail("consistency with %d: %v", before.N, err)
		}
		fmt.Printf("continues %d entries\n", before.N)
	}
}

func verifyProof(text, entry []byte, keys note.Verifiers) {
	head, checkpoint, _ := bytes.Cut(text, []byte("\n\n"))
	tree := open(checkpoint, keys)
	lines := strings.Split(string(head), "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("no tlog-proof")
	}
	index := must(strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64))
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		path = append(path, must(tlog.ParseHash(line)))
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		fail("proof: %v", err)
	}
	fmt.Printf("entry %d is among %d\n", index, tree.N)
}
