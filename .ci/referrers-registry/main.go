// An in-memory registry with the referrers API, for the tests: go-containerregistry's, on a loopback port. Its lists leave out
// the annotations that the distribution specification asks for; with a second argument "annotated" they are put in.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	address := "127.0.0.1:0"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on %s\n", listener.Addr())
	handler := registry.New(registry.WithReferrersSupport(true))
	if len(os.Args) > 2 && os.Args[2] == "annotated" {
		handler = annotated(handler)
	}
	log.Fatal(http.Serve(listener, handler))
}

// annotated copies type and annotations of each manifest into the list that names it.
func annotated(plain http.Handler) http.Handler {
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		repository, _, isList := strings.Cut(request.URL.Path, "/referrers/")
		if !isList {
			plain.ServeHTTP(response, request)
			return
		}
		answer := httptest.NewRecorder()
		plain.ServeHTTP(answer, request)
		var list map[string]any
		if answer.Code != http.StatusOK || json.Unmarshal(answer.Body.Bytes(), &list) != nil {
			response.WriteHeader(answer.Code)
			response.Write(answer.Body.Bytes())
			return
		}
		for _, each := range list["manifests"].([]any) {
			entry := each.(map[string]any)
			manifest := httptest.NewRecorder()
			path := repository + "/manifests/" + entry["digest"].(string)
			plain.ServeHTTP(manifest, httptest.NewRequest(http.MethodGet, path, nil))
			var read map[string]any
			if json.Unmarshal(manifest.Body.Bytes(), &read) != nil {
				continue
			}
			for _, name := range []string{"artifactType", "annotations"} {
				if value, there := read[name]; there {
					entry[name] = value
				}
			}
		}
		response.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
		json.NewEncoder(response).Encode(list)
	})
}
