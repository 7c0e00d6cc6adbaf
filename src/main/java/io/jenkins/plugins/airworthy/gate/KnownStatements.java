package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.List;

/**
 * A record of signed statements that people who may push images cannot write to. A registry can be made to hide evidence; the record
 * shows that it existed.
 */
@FunctionalInterface
public interface KnownStatements {
    /** An empty record, for a gate without one, such as the command line. */
    KnownStatements NONE = subject -> List.of();

    /**
     * Returns all recorded statements about one digest, except those that were pruned deliberately.
     *
     * @throws io.jenkins.plugins.airworthy.UndecidedException if the record cannot be read
     */
    List<RecordedStatement> about(Digest subject) throws AirworthyException;
}
