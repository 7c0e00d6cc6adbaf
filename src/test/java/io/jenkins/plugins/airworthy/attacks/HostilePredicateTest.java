package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A statement of a type of others, into which an expression of the policy looks. */
class HostilePredicateTest extends Attack {
    private static final String TYPE = "https://acme.example/qa/v1";
    private static final String GO = "predicates('" + TYPE + "').exists(p, p.result == 'go')";

    private String cel = GO;

    @BeforeEach
    void ask() throws Exception {
        changePolicy(
                "    - user:", "    - expression: {id: qa, cel: \"" + GO + "\", message: QA must say go}\n    - user:");
        attest(predicate(), release, NOW.minusSeconds(120));
    }

    private static ObjectNode predicate() {
        return StrictJson.object().put("result", "go");
    }

    private void attest(ObjectNode predicate, SigningKey key) throws Exception {
        // Newer than the one that says go.
        attest(predicate, key, NOW.minusSeconds(60));
    }

    private void attest(ObjectNode predicate, SigningKey key, Instant at) throws Exception {
        attach(image, new Statement(subject(image), Optional.of(seen(at)), TYPE, predicate), key);
    }

    private void ask(String other) {
        changePolicy(cel, other);
        cel = other;
    }

    @Test
    void refusesWhatQaRefused() throws Exception {
        attest(StrictJson.object().put("result", "no"), release);
        assertRefused("expression:qa", "QA must say go");
    }

    @Test
    void refusesAPredicateThatIsTooLarge() throws Exception {
        attest(predicate().put("log", "x".repeat(2 * 1024 * 1024)), release);
        assertRefused("expression:qa", "has 2097176 bytes, more than the 1048576 that an expression may look at");
    }

    @Test
    void refusesPredicatesThatAreTooLargeTogether() throws Exception {
        for (int i = 0; i < 5; i++) {
            attest(predicate().put("log", i + "x".repeat(1000 * 1024)), release);
        }
        assertRefused("expression:qa", "more than the 4194304 bytes together");
    }

    @Test
    void refusesAPredicateThatIsNestedTooDeeply() throws Exception {
        ObjectNode deep = StrictJson.object();
        ObjectNode inner = deep;
        for (int i = 0; i < 40; i++) {
            inner = inner.putObject("a");
        }
        attest(predicate().set("deep", deep), release);
        assertRefused("expression:qa", "nested deeper than the 32 levels");
    }

    @Test
    void refusesAMissingMember() throws Exception {
        attest(StrictJson.object().put("Result", "go"), release);
        assertRefused("expression:qa", "it uses a value that does not exist");
    }

    @Test
    void refusesAMillionElements() throws Exception {
        ask("predicates('" + TYPE + "').all(p, p.list.all(x, x == 0))");
        ArrayNode list = StrictJson.object().putArray("list");
        for (int i = 0; i < 1_000_000; i++) {
            list.add(0);
        }
        attest(predicate().set("list", list), release);
        assertRefused("expression:qa", "bytes, more than the 1048576");
        list.removeAll();
        for (int i = 0; i < 300_000; i++) {
            list.add(0);
        }
        attest(predicate().set("list", list), release);
        assertRefused("expression:qa", "that an expression may look at");
    }

    /** The policy is honest; whoever signs the statement chooses how long its lists are. */
    @Test
    void endsAnExpressionThatGoesThroughListsOfLists() throws Exception {
        ask("predicates('" + TYPE + "').all(p, p.found.all(f, f in p.accepted))");
        ObjectNode predicate = predicate();
        ArrayNode found = predicate.putArray("found");
        ArrayNode accepted = predicate.putArray("accepted");
        for (int i = 0; i < 6_000; i++) {
            found.add("finding-" + i);
            accepted.add("finding-" + (5_999 - i));
        }
        attest(predicate, release);
        long start = System.nanoTime();
        assertRefused("expression:qa", "it goes through more than the allowed 5000000 values");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void endsAnExpressionWhoseLoopsMultiply() throws Exception {
        ask("predicates('" + TYPE + "').all(p, !has(p.a) || p.a.all(x, p.a.all(y, p.a.all(z, x + y + z < 9))))");
        ArrayNode list = StrictJson.object().putArray("a");
        for (int i = 0; i < 200; i++) {
            list.add(1);
        }
        attest(predicate().set("a", list), release);
        assertRefused("expression:qa", "its loops take more than the allowed 20000 steps");
    }
}
