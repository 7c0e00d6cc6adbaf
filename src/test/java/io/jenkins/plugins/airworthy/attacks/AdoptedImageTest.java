package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 13: a job that adopts an image which it did not build, to have it signed and promoted as its own. */
class AdoptedImageTest extends Attack {
    private static final Set<RunKind> ADOPTED = Set.of(RunKind.MULTIBRANCH, RunKind.ADOPTED);

    /** The image's only provenance says that a job adopted it. */
    private void adopt(String buildType, String repository) throws Exception {
        stageWithout(Piece.PROVENANCE);
        Provenance adopted = Provenance.of(
                buildType,
                BUILDER,
                Optional.of(new Provenance.Source(repository, "refs/heads/main", Optional.of("0".repeat(40)))),
                Optional.empty(),
                List.of(),
                Optional.of(BUILDER + "job/cart/1/"),
                NOW.minusSeconds(10_800),
                NOW.minusSeconds(10_000));
        attach(
                image,
                new Statement(
                        subject(image),
                        Optional.of(new Observation(Observer.BUILD_AGENT, NOW.minusSeconds(10_000))),
                        PredicateTypes.PROVENANCE,
                        adopted.toPredicate(StrictJson.object(), StrictJson.object())),
                release);
    }

    private KeyRing ring(List<String> folders, List<String> images, List<RunKind> accepts) {
        KeyEntry key = new KeyEntry("release");
        key.setPublicKey(release.publicKey().pem());
        key.setCredentialsId("credential");
        key.setRoles(List.of(KeyRole.values()));
        key.setFolders(folders);
        key.setImages(images);
        key.setAccepts(accepts);
        return new KeyRing(
                List.of(key),
                new SignatureLog(TestLedger.in(folder)),
                new EndedKeys(folder.resolve("ended-keys.jsonl")));
    }

    @Test
    void refusesAdoptedImageUnlessThePolicyAllowsIt() throws Exception {
        adopt(Provenance.JENKINS_ADOPTED, SOURCE);
        assertRefused(
                "provenance",
                "provenance: adopted by '" + BUILDER + "', which did not see how it was built",
                "adopted: true");
        changePolicy("builders: [", "adopted: true\n        builders: [");
        assertPromoted();
    }

    @Test
    void refusesImageAdoptedAtACommandLineUnlessThePolicyAllowsIt() throws Exception {
        adopt(Provenance.COMMAND_LINE_ADOPTED, SOURCE);
        assertRefused("provenance", "provenance: adopted by '" + BUILDER + "'");
    }

    /** The policy binds the source to the image's name, so the job of another product gains nothing. */
    @Test
    void refusesImageThatAJobOfAnotherSourceAdopted() throws Exception {
        adopt(Provenance.JENKINS_ADOPTED, "https://git.example.com/acme/payments");
        changePolicy("builders: [", "adopted: true\n        builders: [");
        assertRefused("provenance", "provenance: adopted by '", "acme/payments", "not one of the allowed sources");
    }

    /** That no base is named does not mean that there was none: nobody saw the build. */
    @Test
    void refusesToTakeAnAdoptedImageForOneFromScratch() throws Exception {
        adopt(Provenance.JENKINS_ADOPTED, SOURCE);
        changePolicy("builders: [", "adopted: true\n        builders: [");
        changePolicy("    - user: {nonRoot: true}\n", "    - user: {nonRoot: true}\n    - base: {allow: [scratch]}\n");
        assertRefused("base", "base on linux/amd64: the base is unknown");
    }

    @Test
    void refusesToSignImageThatAJobOfAnotherFolderAdopted() throws Exception {
        List<String> images = List.of(place("staging") + "/cart");
        KeyRing ring = ring(List.of("shop"), images, List.of(RunKind.ADOPTED));
        assertThat(ring.signingKey("release", KeyRole.IMAGE, "shop/cart", staged(), false, ADOPTED)
                        .name())
                .isEqualTo("release");
        assertThatThrownBy(() -> ring.signingKey("release", KeyRole.IMAGE, "other/job", staged(), false, ADOPTED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is for the folders and jobs [shop], and not for other/job");
    }

    @Test
    void refusesToSignAdoptedImageWithAKeyThatDoesNotAcceptIt() {
        KeyRing ring = ring(List.of("shop"), List.of(place("staging") + "/cart"), List.of());
        assertThatThrownBy(() -> ring.signingKey("release", KeyRole.IMAGE, "shop/cart", staged(), false, ADOPTED))
                .hasMessageContaining("(ADOPTED in code)");
    }

    @Test
    void refusesToSignAdoptedImageWithAKeyOfAllFolders() {
        KeyRing ring = ring(List.of(), List.of(place("staging") + "/cart"), List.of(RunKind.ADOPTED));
        assertThatThrownBy(() -> ring.signingKey("release", KeyRole.IMAGE, "other/job", staged(), false, ADOPTED))
                .hasMessageContaining("signs adopted images only if it names both folders and images");
    }

    /** Otherwise a job could adopt the image of another team, and have a failed test of its own signed about it. */
    @Test
    void refusesToSignFailedTestOfAdoptedImageWithAKeyThatNamesNoImages() {
        KeyRing ring = ring(List.of("shop"), List.of(), List.of(RunKind.ADOPTED));
        assertThatThrownBy(() -> ring.signingKey("release", KeyRole.TEST, "shop/job", staged(), false, ADOPTED))
                .hasMessageContaining("only about images that the same run built");
    }
}
