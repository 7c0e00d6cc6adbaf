package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A subject is in-toto's ResourceDescriptor: its other members are read by nobody, and keep nobody from reading it. */
class SubjectTest {
    private static final Digest IMAGE = Digest.of(new byte[] {1});

    private static Statement parse(String members) throws InvalidInputException {
        String json = ("{'_type':'" + Statement.TYPE_V1 + "','subject':[{'name':'app','digest':{'sha256':'"
                        + IMAGE.hex()
                        + "','sha512':'ff'}" + members
                        + "}],'predicateType':'https://example.com/x/v1','predicate':{}}")
                .replace('\'', '"');
        return Statement.parse(json.getBytes(StandardCharsets.UTF_8), "payload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",'uri':'https://x.example/'",
                ",'uri':'pkg:oci/app@sha256%3Aff?repository_url=registry.example.com','mediaType':'application/vnd.oci.image.manifest.v1+json'",
                ",'downloadLocation':'https://x.example/app.tar','content':'AAAA'",
                ",'annotations':{'a':{'b':1}},'uri':null"
            })
    void whatAStatementSaysOfItsSubjectBesideTheDigestIsAcceptedAndCountsForNothing(String members) throws Exception {
        Statement statement = parse(members);
        assertThat(statement.subject()).isEqualTo(new Subject(Optional.of("app"), IMAGE));
        assertThat(statement.observation()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",'uri':1",
                ",'content':['AAAA']",
                ",'URI':'https://x.example/'",
                ",'Digest':{'sha256':'ff'}",
                ",'digests':{'sha256':'ff'}",
                ",'annotations':'none'"
            })
    void whatIsNoMemberOfADescriptorOrHasAnotherTypeIsRefused(String members) {
        assertThatThrownBy(() -> parse(members))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("subject[0].");
    }

    @Test
    void refusesAUriInsteadOfADigest() {
        String json = "{\"_type\":\"" + Statement.TYPE_V1 + "\",\"subject\":[{\"uri\":\"pkg:oci/app@sha256%3A"
                + IMAGE.hex() + "\"}],\"predicateType\":\"x\",\"predicate\":{}}";
        assertThatThrownBy(() -> Statement.parse(json.getBytes(StandardCharsets.UTF_8), "payload"))
                .hasMessageContaining("subject[0].digest: is missing");
    }
}
