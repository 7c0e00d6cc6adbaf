package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Reading evidence back: listing, showing and downloading, with and without trust. */
class EvidenceCommandTest {
    private static final String REVIEW = "https://example.com/review/v1";

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private final Session session = new Session();
    private String image;
    private String trust;

    @BeforeAll
    static void makeKeys() {
        Session maker = new Session();
        maker.environment.put(KeyPasswords.VARIABLE, "secret");
        for (String name : new String[] {"release", "other"}) {
            assertThat(maker.run("key", "generate", "--output", "" + keys.resolve(name))
                            .status())
                    .isZero();
        }
    }

    @BeforeEach
    void attestTwice() throws Exception {
        session.environment.put(KeyPasswords.VARIABLE, "secret");
        image = "oci:" + folder.resolve("images") + ":1.0";
        trust = "release=" + keys.resolve("release.pub");
        Path file = Files.writeString(folder.resolve("app.txt"), "content");
        succeed("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image);
        Path review =
                Files.writeString(folder.resolve("review.json"), "{\"by\": \"al\u202eice\", \"bell\": \"\\u001b[2J\"}");
        succeed(
                "attest",
                image,
                "--type",
                REVIEW,
                "--predicate",
                "" + review,
                "--key",
                "" + keys.resolve("release.key"));
        succeed("sign", image, "--key", "" + keys.resolve("other.key"), "--evidence-format", "legacy");
    }

    private Session.Ended succeed(String... arguments) {
        Session.Ended ended = session.run(arguments);
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        return ended;
    }

    @Test
    void listsTypesHintsSizesAndDigestsWithoutAnyKeyAndCallsAllUnverified() throws Exception {
        String out = succeed("evidence", image).out();
        assertThat(out)
                .contains("unverified " + REVIEW + ", names the key " + fingerprint("release"))
                .contains("unverified https://sigstore.dev/cosign/sign/v1, names no signer")
                .contains("bundle, ", " bytes, attached at ", "(unverified)", "older format, ", "sha256:")
                .contains("0 verified, 2 unverified, 0 other referrers")
                .contains("nothing was verified: ")
                .doesNotContain("  verified ");
    }

    @Test
    void withAKeySaysWhatItSignedAndWhyTheRestIsNotVerified() throws Exception {
        String out = succeed("evidence", image, "--trust", trust).out();
        assertThat(out)
                .contains("verified   " + REVIEW + " by key release, imported at ")
                .contains("not verified: ", "not signed by any trusted key")
                .contains("1 verified, 1 unverified")
                .doesNotContain("nothing was verified");
        JsonNode list =
                succeed("evidence", image, "--trust", trust, "--format=json").json();
        assertThat(list.at("/evidence/0/verified").booleanValue()).isTrue();
        assertThat(list.at("/evidence/0/signer").textValue()).isEqualTo("key release");
        assertThat(list.at("/evidence/1/verified").booleanValue()).isFalse();
        assertThat(list.at("/evidence/1/format").textValue()).isEqualTo("legacy");
        assertThat(list.at("/evidence/1/signer").isMissingNode()).isTrue();
        assertThat(list.at("/verified")).hasSize(1);
        assertThat(list.at("/rejected")).hasSize(1);
    }

    @Test
    void theEarlierSpellingOfTrustIsAcceptedWithANote() {
        Session.Ended ended = succeed("evidence", image, "--key", trust);
        assertThat(ended.out()).contains("1 verified, 1 unverified");
        assertThat(ended.err()).contains("'--key NAME=FILE' is accepted, and is called '--trust NAME=FILE' now");
    }

    @Test
    void showsAStatementAsJsonWithoutControlCharacters() throws Exception {
        Session.Ended shown = succeed("evidence", "show", image, "--type", REVIEW, "--trust", trust);
        assertThat(shown.out())
                .contains("\"bell\" : \"\\u001B[2J\"", "al\\u202eice")
                .doesNotContain("\u001b", "\u202e");
        assertThat(shown.json().at("/predicateType").textValue()).isEqualTo(REVIEW);
        assertThat(shown.err()).doesNotContain("nothing was verified");
        JsonNode document = succeed("evidence", "show", image, "--type", REVIEW, "--trust", trust, "--format=json")
                .json();
        assertThat(document.at("/evidence/verified").booleanValue()).isTrue();
        assertThat(document.at("/statement/predicate/by").textValue()).isEqualTo("al\u202eice");
    }

    @Test
    void withoutTrustSaysOnStandardErrorThatNothingWasVerifiedAlsoWhenQuiet() {
        Session.Ended shown = succeed("evidence", "show", image, "--type", REVIEW, "-q");
        assertThat(shown.err()).contains("nothing was verified").contains("no --trust");
    }

    @Test
    void withTrustShowsOnlyWhatIsVerifiedUnlessTheCallerAsksForMore() {
        String stranger = "release=" + keys.resolve("other.pub");
        Session.Ended refused = session.run("evidence", "show", image, "--type", REVIEW, "--trust", stranger);
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("of 1 that fit, none is verified").contains("--unverified");
        Session.Ended shown = succeed("evidence", "show", image, "--type", REVIEW, "--trust", stranger, "--unverified");
        assertThat(shown.err()).contains("nothing was verified of sha256:").contains("not signed by any");
    }

    @Test
    void severalThatFitAreNotGuessedAmong() throws Exception {
        Session.Ended several = session.run("evidence", "show", image);
        assertThat(several.status()).isEqualTo(2);
        assertThat(several.err())
                .contains("2 statements fit", "--newest", "airworthy evidence download ", " --output FOLDER");
        String digest = succeed("evidence", image, "--trust", trust, "--format=json")
                .json()
                .at("/evidence/0/digest")
                .textValue();
        assertThat(succeed("evidence", "show", image, "--type", digest.substring(7, 19))
                        .out())
                .contains(REVIEW);
        assertThat(session.run("evidence", "show", image, "--type", "cyclonedx").err())
                .contains("no statement 'cyclonedx' to show")
                .contains("lists what is attached");
    }

    @Test
    void showsThePayloadOfAnOlderSignature() throws Exception {
        assertThat(succeed("evidence", "show", image, "--type", "signature")
                        .json()
                        .at("/critical/type")
                        .textValue())
                .isEqualTo("cosign container image signature");
    }

    @Test
    void downloadsAStatementOrItsBundleAndOverwritesNothing() throws Exception {
        Path file = folder.resolve("review.statement");
        succeed("evidence", "download", image, "--type", REVIEW, "--trust", trust, "--output", "" + file);
        assertThat(file).content().startsWith("{\"_type\":\"https://in-toto.io/Statement/v1\"");
        Session.Ended again =
                session.run("evidence", "download", image, "--type", REVIEW, "--trust", trust, "--output", "" + file);
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("exists already");
        Path bundle = folder.resolve("review.sigstore.json");
        succeed("evidence", "download", image, "--type", REVIEW, "--bundle", "--trust", trust, "-o", "" + bundle);
        assertThat(bundle).content().contains("dsseEnvelope");
    }

    @Test
    void downloadsAllIntoAFolderUnderNamesThatNoRegistryChose() throws Exception {
        Path into = Files.createDirectory(folder.resolve("evidence"));
        Session.Ended written = succeed("evidence", "download", image, "--output", "" + into);
        try (Stream<Path> files = Files.list(into)) {
            assertThat(files.map(file -> "" + file.getFileName()))
                    .hasSize(2)
                    .allMatch(name -> name.matches("(statement|signature)-[0-9a-f]{16}\\.json"));
        }
        assertThat(written.err()).contains("nothing was verified");
        Path made = folder.resolve("made/anew");
        succeed("evidence", "download", image, "--type", REVIEW, "--output", made + "/");
        assertThat(made).isDirectoryContaining(file -> file.toString().endsWith(".json"));
        assertThat(session.run("evidence", "download", image, "--type", "signature", "--bundle", "-o", "" + into)
                        .err())
                .contains("older format, which has no bundles");
    }

    private String fingerprint(String name) throws Exception {
        return succeed("key", "show", "" + keys.resolve(name + ".pub"), "--format=json")
                .json()
                .get("fingerprint")
                .textValue();
    }
}
