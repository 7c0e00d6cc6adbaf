package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.List;

/**
 * What a gate knows to have been signed, wherever it was attached, from a record that nobody who may push can write to. A
 * registry can be made to hide evidence; this tells that there was some.
 */
@FunctionalInterface
public interface KnownStatements {
    /** For whoever keeps no record, such as the command line. */
    KnownStatements NONE = subject -> List.of();

    /**
     * All statements about one digest that nobody took away on purpose.
     *
     * @throws AirworthyException when the record cannot be read: undecided, never passed
     */
    List<RecordedStatement> about(Digest subject) throws AirworthyException;
}
