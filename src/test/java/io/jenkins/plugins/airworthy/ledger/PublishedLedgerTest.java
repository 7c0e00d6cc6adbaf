package io.jenkins.plugins.airworthy.ledger;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import io.jenkins.plugins.airworthy.sign.tlog.TreeHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.CLOCK;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.ORIGIN;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.digest;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.entry;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A ledger on a web server that anybody may run. */
class PublishedLedgerTest {
    private static final int ENTRIES = 300;

    @TempDir
    Path folder;

    private final NoteSigner signer = LedgerFolder.signer();
    private final Map<String, Answer> answers = new HashMap<>();
    private HttpServer server;

    /** What the server does instead of giving the file. */
    @FunctionalInterface
    private interface Answer {
        void give(com.sun.net.httpserver.HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void serve() throws Exception {
        try (Ledger ledger = Ledger.open(folder, signer, CLOCK, List.of())) {
            fill(ledger, 0, ENTRIES);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath().substring("/ledger/".length());
                Path file = folder.resolve("log").resolve(path);
                if (answers.containsKey(path)) {
                    answers.get(path).give(exchange);
                } else if (Files.isRegularFile(file)) {
                    byte[] bytes = Files.readAllBytes(file);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private PublishedLedger open() throws Exception {
        URI place = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ledger/");
        return PublishedLedger.open(place, signer.publicKey(), Proxies.NONE);
    }

    private static Answer bytes(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    @Test
    void isReadFromAWebServerAsFromAFolder() throws Exception {
        for (PublishedLedger ledger : List.of(open(), PublishedLedger.open(folder, signer.publicKey()))) {
            assertThat(ledger.size()).isEqualTo(ENTRIES);
            assertThat(ledger.entry(299)).isEqualTo(entry(299));
            assertThat(ledger.find(Term.digest(digest("image 0")), 3))
                    .extracting(LedgerReader.Recorded::index)
                    .containsExactly(294L, 287L, 280L);
            assertThat(ledger.verify().problems()).isEmpty();
            assertThat(ledger.verify().entries()).isEqualTo(ENTRIES);
        }
    }

    @Test
    void provesEveryEntryOfTreesOfEverySize() throws Exception {
        Path small = folder.resolve("small");
        for (int size = 1; size < 20; size++) {
            try (Ledger ledger = Ledger.open(small, signer, CLOCK, List.of())) {
                ledger.append(entry(size - 1));
            }
            PublishedLedger ledger = PublishedLedger.open(small, signer.publicKey());
            for (int index = 0; index < size; index++) {
                assertThat(ledger.proof(index))
                        .startsWith("c2sp.org/tlog-proof@v1\nindex " + index + "\n")
                        .endsWith("\n\n" + ledger.checkpoint());
            }
        }
        PublishedLedger served = open();
        for (int index = 0; index < ENTRIES; index++) {
            assertThat(served.proof(index)).contains("index " + index);
        }
        assertThatThrownBy(() -> served.proof(ENTRIES)).hasMessageEndingWith("has 300 entries, and no entry 300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "tile/0/001.p/44", "tile/entries/000", "index/list"})
    void endsAtABodyWithoutEnd(String path) throws Exception {
        answers.put(path, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[64 * 1024];
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 2_000; i++) {
                    out.write(part);
                }
            } catch (IOException e) {
                return; // the reader had enough
            }
        });
        assertThatThrownBy(() -> open().entry(0))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(path + ": could not be read: it has more than ");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 500})
    void takesOnlyNotFoundForAbsence(int status) throws Exception {
        answers.put("index/list", exchange -> {
            exchange.getResponseHeaders().add("Location", "/ledger/checkpoint");
            exchange.sendResponseHeaders(status, -1);
        });
        assertThatThrownBy(this::open)
                .isInstanceOf(UndecidedException.class)
                .hasMessageEndingWith("index/list: could not be read: the server answered with status " + status);
    }

    @Test
    void refusesFilesOfAnotherSize() throws Exception {
        answers.put("tile/0/001.p/44", bytes(new byte[43 * 32]));
        assertThatThrownBy(this::open).hasMessageEndingWith("tile/0/001.p/44: has 1376 bytes, expected 1408");
        answers.clear();
        byte[] bundle = Files.readAllBytes(folder.resolve("log/tile/entries/000"));
        answers.put("tile/entries/000", bytes(java.util.Arrays.copyOf(bundle, bundle.length + 1)));
        assertThatThrownBy(() -> open().entry(0)).hasMessageContaining("is not a bundle of 256 entries, from 0");
        answers.put("tile/entries/000", bytes(java.util.Arrays.copyOf(bundle, bundle.length - 1)));
        assertThatThrownBy(() -> open().entry(0)).hasMessageContaining("is not a bundle of 256 entries, from 0");
    }

    @Test
    void readsTheFullTileWhereThePartialOneWasDeleted() throws Exception {
        byte[] checkpoint = Files.readAllBytes(folder.resolve("log/checkpoint"));
        try (Ledger ledger = Ledger.open(folder, signer, CLOCK, List.of())) {
            fill(ledger, ENTRIES, 600);
        }
        answers.put("checkpoint", bytes(checkpoint));
        PublishedLedger older = open();
        assertThat(older.size()).isEqualTo(ENTRIES);
        assertThat(older.entry(299)).isEqualTo(entry(299));
        assertThat(older.verify().problems()).isEmpty();
    }

    @Test
    void refusesEntriesThatItsOwnerMadeHostile() throws Exception {
        for (String line : List.of(
                "{\"schemaVersion\":1,\"time\":\"2026-05-01T12:00:00Z\",\"kind\":\"x\",\"a\":" + "[".repeat(70)
                        + "]".repeat(70) + "}",
                "{\"schemaVersion\":2,\"time\":\"2026-05-01T12:00:00Z\",\"kind\":\"x\"}",
                "{\"schemaVersion\":1,\"time\":\"2026-05-01T12:00:00Z\",\"kind\":\"\\u001b[31m\"}",
                "{\"schemaVersion\":1,\"time\":\"2026-05-01T12:00:00Z\",\"kind\":\"x\",\"Digest\":\"y\"}",
                "")) {
            byte[] entry = line.getBytes(StandardCharsets.UTF_8);
            byte[] root = TreeHash.leaf(entry);
            String text = ORIGIN + "\n1\n" + Base64.getEncoder().encodeToString(root) + "\n";
            answers.put("checkpoint", bytes(signer.sign(ORIGIN, text).getBytes(StandardCharsets.UTF_8)));
            answers.put("tile/0/000.p/1", bytes(root));
            answers.put("tile/entries/000.p/1", bytes(EntryBundle.write(List.of(entry))));
            assertThatThrownBy(() -> open().entry(0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("/ledger: entry 0");
            assertThat(open().verify().problems()).hasSize(1);
        }
    }

    @Test
    void refusesWhatIsNoPlaceOfALedger() {
        for (String place : List.of("file:///etc", "ftp://example.com/", "https:///x", "http://h/?a", "http://h/#a")) {
            assertThatThrownBy(() -> PublishedLedger.open(URI.create(place), signer.publicKey(), Proxies.NONE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is not the URL of a ledger");
        }
    }

    @Test
    void repeatsNoPasswordOfAUrl() {
        for (String place :
                List.of("https://me:secret@example.com/", "https://me:secret@under_score/", "ftp://me:secret@h/")) {
            assertThatThrownBy(() -> PublishedLedger.open(URI.create(place), signer.publicKey(), Proxies.NONE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("has a user name or a password")
                    .hasMessageNotContaining("secret");
        }
    }
}
