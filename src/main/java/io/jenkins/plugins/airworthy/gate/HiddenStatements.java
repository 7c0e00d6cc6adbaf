package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the recorded statements about an image that are not among the evidence that was read. Only believed evidence counts as
 * read: a copy with a broken signature does not. Statements of keys that are not trusted are ignored.
 */
final class HiddenStatements {
    private final List<TrustedKey> keys;

    HiddenStatements(List<TrustedKey> keys) {
        this.keys = keys;
    }

    List<RecordedStatement> of(Collection<RecordedStatement> known, Collection<VerifiedEvidence> verified)
            throws AirworthyException {
        Set<Digest> seen = verified.stream().map(VerifiedEvidence::payload).collect(Collectors.toSet());
        List<RecordedStatement> unseen = new ArrayList<>();
        for (RecordedStatement signed : known) {
            if (!seen.contains(signed.payload()) && isBelieved(signed)) {
                unseen.add(signed.by(names(signed)));
            }
        }
        return unseen;
    }

    private boolean isBelieved(RecordedStatement signed) throws AirworthyException {
        for (TrustedKey key : keys) {
            if (key.fingerprint().equals(signed.fingerprint())
                    && key.revoked().isPresent()
                    && !key.revoked().get().holds(signed.subject(), signed.payload())) {
                return false;
            }
        }
        return true;
    }

    private Set<String> names(RecordedStatement signed) {
        return keys.stream()
                .filter(key -> key.fingerprint().equals(signed.fingerprint()))
                .map(TrustedKey::name)
                .collect(Collectors.toSet());
    }
}
