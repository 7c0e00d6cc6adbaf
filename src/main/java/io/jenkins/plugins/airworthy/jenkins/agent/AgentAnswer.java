package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.scan.ScanRecord;

import java.util.Set;

/**
 * An agent's answer: {@code {"answer": …}}, or {@code {"refused": "…"}} and {@code {"undecided": "…"}} for the two kinds of
 * failures. Refuses everything that is not such a document of at most {@value #MAX_BYTES} bytes.
 */
final class AgentAnswer {
    /** The largest answer, in bytes: the scan of an image with several platforms. */
    static final int MAX_BYTES = ScanRecord.MAX_BYTES + 1024 * 1024;

    private static final String ANSWER = "answer";
    private static final String REFUSED = "refused";
    private static final String UNDECIDED = "undecided";

    private AgentAnswer() {}

    /** On the agent: the answer of successful work. */
    static byte[] of(ObjectNode answer) {
        ObjectNode document = StrictJson.object();
        document.set(ANSWER, answer);
        return StrictJson.write(document);
    }

    /** On the agent: the answer of failed work. */
    static byte[] of(AirworthyException failure) {
        String kind = failure instanceof InvalidInputException ? REFUSED : UNDECIDED;
        return StrictJson.write(StrictJson.object().put(kind, failure.getMessage()));
    }

    /**
     * On the controller: the answer, or the failure that it reports.
     *
     * @param returned the object that came back from the agent
     */
    static JsonObject read(Object returned, String agent) throws AirworthyException {
        if (!(returned instanceof byte[] bytes)) {
            throw new InvalidInputException("agent " + agent + " gave no answer");
        }
        JsonObject document = StrictJson.parseObject(bytes, "the answer of agent " + agent, MAX_BYTES);
        document.allowOnly(Set.of(ANSWER, REFUSED, UNDECIDED));
        if (document.node().size() != 1) {
            throw document.error("", "expected an answer or a failure");
        }
        if (document.has(REFUSED)) {
            throw new InvalidInputException("on agent " + agent + ": " + document.string(REFUSED));
        }
        if (document.has(UNDECIDED)) {
            throw new UndecidedException("on agent " + agent + ": " + document.string(UNDECIDED));
        }
        return document.object(ANSWER);
    }
}
