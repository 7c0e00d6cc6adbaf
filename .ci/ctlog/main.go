// A certificate transparency log on the local disk, for Fulcio in tests: tesseract's library behind the few options that
// a private instance needs. tesseract's own command does not build from released modules.
package main

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"flag"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/transparency-dev/tessera"
	tposix "github.com/transparency-dev/tessera/storage/posix"
	antispam "github.com/transparency-dev/tessera/storage/posix/antispam"
	"github.com/transparency-dev/tesseract"
	"github.com/transparency-dev/tesseract/storage"
	"github.com/transparency-dev/tesseract/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:6962", "host:port")
	origin := flag.String("origin", "", "the log's name: a host without port")
	folder := flag.String("folder", "", "where the log is kept")
	keyFile := flag.String("key", "", "P-256 key, SEC 1 in PEM")
	roots := flag.String("roots", "", "PEM file of the roots whose certificates are taken")
	flag.Parse()

	text, err := os.ReadFile(*keyFile)
	if err != nil {
		log.Fatal(err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		log.Fatal("no PEM in ", *keyFile)
	}
	key, err := x509.ParseECPrivateKey(block.Bytes)
	if err != nil {
		log.Fatal(err)
	}
	open := func(ctx context.Context, signer note.Signer) (*storage.CTStorage, error) {
		return openStorage(ctx, *folder, signer)
	}
	ctx := context.Background()
	handler, err := tesseract.NewLogHandler(ctx, *origin, key,
		tesseract.ChainValidationConfig{RootsPEMFile: *roots, ExtKeyUsages: "CodeSigning"},
		open, 10*time.Second, false, "", tesseract.LogHandlerOpts{MaxCertChainBytes: 512 << 10, DedupRL: 100})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(*listen, handler))
}

func openStorage(ctx context.Context, folder string, signer note.Signer) (*storage.CTStorage, error) {
	driver, err := tposix.New(ctx, tposix.Config{Path: folder})
	if err != nil {
		return nil, err
	}
	spam, err := antispam.NewAntispam(ctx, filepath.Join(folder, ".state", "antispam"), antispam.AntispamOpts{})
	if err != nil {
		return nil, err
	}
	options := tessera.NewAppendOptions().WithCheckpointSigner(signer).WithCTLayout().WithAntispam(4096, spam).
		WithCheckpointInterval(100*time.Millisecond).WithBatching(16, 20*time.Millisecond)
	appender, _, reader, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		return nil, err
	}
	issuers, err := posix.NewIssuerStorage(ctx, folder)
	if err != nil {
		return nil, err
	}
	return storage.NewCTStorage(ctx, &storage.CTStorageOptions{Appender: appender, Reader: reader,
		IssuerStorage: issuers, AwaiterPollInterval: 50 * time.Millisecond, EnablePubAwaiter: false})
}
