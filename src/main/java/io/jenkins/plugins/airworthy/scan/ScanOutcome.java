package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VulnerabilityPredicate;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a scan of one image: predicates that are ready to be signed, compared with the image and redacted.
 *
 * @param image digest of the manifest that was scanned
 * @param vulnerabilities predicate of type {@link PredicateTypes#VULNERABILITIES}
 * @param cyclonedx absent when a report was imported without one
 * @param spdx absent when a report was imported without one
 * @param imported whether the scan ran elsewhere
 */
public record ScanOutcome(
        Digest image,
        ObjectNode vulnerabilities,
        Optional<ObjectNode> cyclonedx,
        Optional<ObjectNode> spdx,
        boolean imported) {

    /** Returns the outcome without bills of materials, which do not change when an image is scanned again. */
    public ScanOutcome withoutBills() {
        return new ScanOutcome(image, vulnerabilities, Optional.empty(), Optional.empty(), imported);
    }

    /** Returns the typed view of the vulnerability predicate. */
    public ScanResult result() throws InvalidInputException {
        return VulnerabilityPredicate.read(new JsonObject("scan of " + image.abbreviated(), "", vulnerabilities));
    }

    /**
     * Returns the statements to sign, about the manifest that was scanned.
     *
     * @param name of the repository, for people
     * @param seen place and time of the observation; for an imported report only the time counts
     */
    public List<Statement> statements(Optional<String> name, Observation seen) {
        Observation observation = imported ? new Observation(Observer.IMPORTED, seen.at()) : seen;
        List<Statement> statements = new ArrayList<>();
        statements.add(statement(name, observation, PredicateTypes.VULNERABILITIES, vulnerabilities));
        cyclonedx.ifPresent(bom -> statements.add(statement(name, observation, PredicateTypes.CYCLONEDX, bom)));
        spdx.ifPresent(bom -> statements.add(statement(name, observation, PredicateTypes.SPDX, bom)));
        return List.copyOf(statements);
    }

    private Statement statement(Optional<String> name, Observation seen, String type, ObjectNode predicate) {
        return new Statement(new Subject(name, image), Optional.of(seen), type, predicate);
    }
}
