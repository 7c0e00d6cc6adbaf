package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.gate.cases.CaseWriter;
import io.jenkins.plugins.airworthy.gate.cases.PolicyCases;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A saved case of an image that was signed without a key: what the case says of the instance is all that is believed. */
class KeylessCaseTest extends KeylessAttack {
    private Path cases;
    private Path saved;

    @BeforeEach
    void save() throws Exception {
        attach(image, bundle());
        trustTheInstance();
        cases = Files.createDirectory(folder.resolve("cases"));
        saved = cases.resolve("cart");
        CaseWriter writer = CaseWriter.into(saved);
        ImageStores saving = writer.saving(stores);
        VerifyRequest request = new VerifyRequest(candidate, Optional.of(target()), policy(), keys, certificates);
        writer.complete(
                saving,
                request,
                new Gate(saving, clock).verify(request, Progress.SILENT),
                Optional.of(StrictJson.write(sigstore.trustedRoot())));
    }

    private PolicyCases.Result replay() throws Exception {
        return PolicyCases.in(cases).run("cart", policy());
    }

    private void assertDiffers(String... why) throws Exception {
        PolicyCases.Result result = replay();
        assertThat(result.isAsExpected()).isFalse();
        assertThat(result.difference()).contains(why);
    }

    private void change(String from, String to) throws Exception {
        Path document = saved.resolve("case.yaml");
        String text = Files.readString(document);
        assertThat(text).contains(from);
        Files.writeString(document, text.replace(from, to));
    }

    /** The certificate is long over: the time of the signature decides, at whatever moment the case is judged. */
    @Test
    void judgesACertificateAsItWasThen() throws Exception {
        assertThat(Files.readString(saved.resolve("case.yaml"))).contains("trustedRoot: trusted_root.json");
        PolicyCases.Result result = replay();
        assertThat(result.isAsExpected()).as(result.toString()).isTrue();

        change("time: " + NOW, "time: " + NOW.plus(Duration.ofDays(3)));
        change("decision: PASSED", "decision: FAILED\n  failed: [vulnerabilities]");
        assertThat(replay().isAsExpected()).isTrue();
    }

    /** Another instance that calls itself the same. */
    @Test
    void believesNoOtherInstance() throws Exception {
        Files.write(saved.resolve("trusted_root.json"), StrictJson.write(new MintedSigstore().trustedRoot()));
        assertDiffers("expected PASSED, got FAILED", "'signature' was not expected to be FAILED");
    }

    @Test
    void believesNoIdentityWithoutATrustedRoot() throws Exception {
        change("\n  trustedRoot: trusted_root.json", "");
        assertDiffers("'signature' was not expected to be FAILED");
    }

    @Test
    void refusesATrustedRootThatIsNone() throws Exception {
        Files.writeString(saved.resolve("trusted_root.json"), "{}");
        assertDiffers("has no verdict: ", "trusted_root.json");
        Files.delete(saved.resolve("trusted_root.json"));
        assertDiffers("has no verdict: ", "there is no 'trusted_root.json' beside the case");
    }

    /** A policy that trusts another identity decides otherwise about the same image. */
    @Test
    void noticesAPolicyThatTrustsAnotherIdentity() throws Exception {
        changePolicy(MintedSigstore.SUBJECT, MintedSigstore.SUBJECT + "x");
        assertDiffers("'signature' was not expected to be FAILED");
    }
}
