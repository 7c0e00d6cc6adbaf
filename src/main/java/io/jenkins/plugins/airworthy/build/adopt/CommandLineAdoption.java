package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The provenance of an image that a person adopted at the command line: only the signing key vouches for it. Its annotations about a
 * base are not followed, since they could lead to any host.
 */
public final class CommandLineAdoption {
    private CommandLineAdoption() {}

    /**
     * Makes the statement.
     *
     * @param file the builder's output, as the person named it
     * @param source what the person says that it was built from
     */
    public static Statement of(AdoptedImage adopted, String file, Optional<Provenance.Source> source, Instant now) {
        Provenance provenance = Provenance.of(
                Provenance.COMMAND_LINE_ADOPTED,
                Provenance.COMMAND_LINE_BUILDER,
                source,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                now,
                now);
        return new Statement(
                new Subject(Optional.of(adopted.reference().repository()), adopted.digest()),
                Optional.of(new Observation(Observer.BUILD_AGENT, now)),
                PredicateTypes.PROVENANCE,
                provenance.toPredicate(adopted.parameters(file), StrictJson.object(), adopted.byproducts()));
    }
}
