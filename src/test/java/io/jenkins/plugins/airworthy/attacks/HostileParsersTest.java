package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Attack 7: documents that no honest tool writes, from the registry of the image and from the policy's author. */
class HostileParsersTest extends ServedAttack {
    private static final int DEPTH = 100_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"schemaVersion\": 2,                                            | JSON",
                "{\"schemaVersion\": 2, \"schemaVersion\": 2}                      | a member occurs twice",
                "{\"schemaVersion\": 1, \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\"} | schemaVersion",
                "[]                                                                | object"
            })
    void leavesImageUndecidedWhenItsManifestIsMalformed(String manifest, String why) throws Exception {
        serve(MANIFEST, manifest.getBytes(UTF_8));
        assertUndecided("manifest", why);
    }

    @Test
    void leavesImageUndecidedWhenItsManifestHasANegativeSize() throws Exception {
        ObjectNode manifest = manifest();
        ((ObjectNode) manifest.get("layers").get(0)).put("size", -1);
        serve(MANIFEST, StrictJson.write(manifest));
        assertUndecided("manifest", "layers[0].size");
    }

    @Test
    void leavesImageUndecidedWhenItsManifestIsTooLarge() throws Exception {
        answers(MANIFEST, answer -> answer.newBuilder()
                .setHeader("Content-Type", MediaTypes.OCI_MANIFEST)
                .removeHeader("Docker-Content-Digest")
                .body(new Buffer().write(new byte[Manifest.MAX_BYTES + 1]))
                .build());
        assertUndecided(
                registry.host() + "/staging/cart:v1.0", "more than the allowed " + Manifest.MAX_BYTES + " bytes");
    }

    @Test
    void leavesImageUndecidedWhenItsManifestNestsTooDeep() throws Exception {
        serve(MANIFEST, ("{\"annotations\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}").getBytes(UTF_8));
        assertUndecided("manifest", "nest");
    }

    @Test
    void stopsCopyOfLayerThatIsLargerThanDeclared() throws Exception {
        Descriptor layer = image.layers().get(0);
        answers("GET /v2/staging/cart/blobs/" + layer.digest(), HostileParsersTest::longer);
        assertStops(layer.digest().toString(), " of it where " + layer.size() + " were announced");
    }

    @Test
    void leavesImageUndecidedWhenItsConfigIsLargerThanDeclared() throws Exception {
        // Without the header that says how long the answer is.
        answers("GET /v2/staging/cart/blobs/" + image.config().digest(), answer -> answer.newBuilder()
                .removeHeader("Content-Length")
                .chunkedBody(body(longer(answer)), Integer.MAX_VALUE)
                .build());
        assertUndecided(
                image.config().digest().toString(),
                "is longer than the announced " + image.config().size() + " bytes");
    }

    @Test
    void rejectsBundleThatIsNoJson() throws Exception {
        stageWithout(Piece.SIGNATURE);
        byte[] half = StrictJson.write(Forge.bundle(signature(image).toBytes(), release));
        Digest bundle = Forge.attach(
                staging,
                image.descriptor(),
                new String(half, UTF_8).substring(1).getBytes(UTF_8));
        refusesTheBundle(bundle, "JSON");
    }

    /** A reader of the first member and a reader of the last member see two different statements. */
    @Test
    void rejectsStatementInWhichAMemberOccursTwice() throws Exception {
        stageWithout(Piece.SIGNATURE);
        String statement = new String(signature(image).toBytes(), UTF_8);
        String twice = statement.substring(0, statement.length() - 1)
                + ",\"predicateType\":\"https://example.com/nothing/v1\"}";
        refusesTheBundle(
                attach(image, Forge.bundle(twice.getBytes(UTF_8), release)),
                "is not valid JSON: a member occurs twice");
    }

    @Test
    void rejectsBundleOfUnknownVersion() throws Exception {
        stageWithout(Piece.SIGNATURE);
        ObjectNode bundle = Forge.bundle(signature(image).toBytes(), release);
        bundle.put("mediaType", "application/vnd.dev.sigstore.bundle.v9.9+json");
        refusesTheBundle(attach(image, bundle), "v9.9");
    }

    @Test
    void rejectsStatementOfUnknownVersion() throws Exception {
        stageWithout(Piece.SIGNATURE);
        String statement = new String(signature(image).toBytes(), UTF_8)
                .replace("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v9");
        refusesTheBundle(attach(image, Forge.bundle(statement.getBytes(UTF_8), release)), "Statement/v9");
    }

    @Test
    void rejectsLogEntryWithNegativeIndex() throws Exception {
        MintedSigstore sigstore = new MintedSigstore();
        certificates = Optional.of(
                new SigstoreTrust(TrustedRoot.parse(StrictJson.write(sigstore.trustedRoot()), "trusted root"), clock));
        changePolicy(
                "- signature: {threshold: 1}",
                "- signature: {threshold: 1, trust: {identities: [{issuer: \"" + MintedSigstore.ISSUER
                        + "\", subject: \"" + MintedSigstore.SUBJECT + "\"}]}}");
        ObjectNode bundle = sigstore.bundle(signature(image).toBytes());
        attach(image, bundle);
        assertPromoted();

        stageWithout(Piece.SIGNATURE);
        production.tag(TAG, running);
        ObjectNode negative = sigstore.bundle(signature(image).toBytes());
        ((ObjectNode) Forge.material(negative).get("tlogEntries").get(0)).put("logIndex", "-1");
        Digest refused = attach(image, negative);
        assertRefused(
                "signature",
                "signature: no signature about " + image.digest().abbreviated(),
                refused.toString(),
                "tlogEntries[0].logIndex");
    }

    @Test
    void rejectsBundleThatNestsTooDeep() throws Exception {
        stageWithout(Piece.SIGNATURE);
        byte[] deep = ("{\"mediaType\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}").getBytes(UTF_8);
        refusesTheBundle(Forge.attach(staging, image.descriptor(), deep), "nest");
    }

    /** Each alias of the list above it ten times: a billion laughs. */
    @Test
    void refusesPolicyWithAnchorsAndAliases() throws Exception {
        changePolicy("  mode: enforce\n", """
                  mode: enforce
                  laughs: [&a [x, x, x, x, x, x, x, x, x, x], &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]]
                """);
        assertInvalid("production.yaml:6:12: ", "anchor");
    }

    @Test
    void refusesImageWhenAnExpressionTakesTooManySteps() throws Exception {
        String many = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]";
        changePolicy(
                "    - user: {nonRoot: true}",
                "    - user: {nonRoot: true}\n    - expression: {id: endless, message: m, cel: \"" + many + ".all(a, "
                        + many + ".all(b, " + many + ".all(c, " + many + ".all(d, a + b + c + d > 0))))\"}");
        assertRefused(
                "expression:endless",
                "expression:endless on linux/amd64: ",
                "its loops take more than the allowed 20000 steps");
    }

    private void serve(String call, byte[] body) {
        answers(call, answer -> answer.newBuilder()
                .code(200)
                .setHeader("Content-Type", MediaTypes.OCI_MANIFEST)
                .setHeader("Docker-Content-Digest", Digest.of(body))
                .body(new Buffer().write(body))
                .build());
    }

    private ObjectNode manifest() throws Exception {
        return StrictJson.parseObject(image.content().bytes(), "manifest", Manifest.MAX_BYTES)
                .node();
    }

    private static MockResponse longer(MockResponse answer) {
        return answer.newBuilder().body(body(answer).writeUtf8("and more")).build();
    }

    private static Buffer body(MockResponse answer) {
        Buffer body = new Buffer();
        try {
            answer.getBody().writeTo(body);
            return body;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void refusesTheBundle(Digest bundle, String why) throws Exception {
        assertRefused(
                "signature",
                "signature: no signature about " + image.digest().abbreviated(),
                "evidence that was found and not believed",
                bundle.abbreviated(),
                why);
    }

    /** Parts of the image may be at the target by then, but neither its tag nor anything that names it. */
    private void assertStops(String... why) throws Exception {
        assertThat(catchThrowable(this::promote))
                .isInstanceOf(UndecidedException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains(why));
        assertThat(production.manifest(TAG)).contains(running);
        assertThat(production.manifest(image.digest())).isEmpty();
    }
}
