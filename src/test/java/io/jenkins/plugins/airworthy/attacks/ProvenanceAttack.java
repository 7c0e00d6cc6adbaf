package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An image without provenance, and a policy that accepts what another builder says of it. */
abstract class ProvenanceAttack extends Attack {
    @BeforeEach
    void acceptAnotherBuilder() throws Exception {
        changePolicy("""
                        builders: ["https://jenkins.example.com/"]
                        sources: [{repository: "https://git.example.com/acme/{app}", refs: [refs/heads/main]}]
                """, accepted());
        stageWithout(Piece.PROVENANCE);
    }

    /** What the policy's rule about provenance has instead. */
    abstract String accepted();

    /** Attaches what an honest builder says. */
    abstract void attest() throws Exception;

    @Override
    @Test
    void promotesAnHonestImage() throws Exception {
        attest();
        assertPromoted();
    }

    Statement statement(String type, String predicate) throws Exception {
        return new Statement(
                subject(image),
                Optional.empty(),
                type,
                StrictJson.parseObject(predicate.getBytes(UTF_8), "predicate", 1 << 22)
                        .node());
    }
}
