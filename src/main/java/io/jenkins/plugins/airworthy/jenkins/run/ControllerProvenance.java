package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.ImageReader;
import io.jenkins.plugins.airworthy.image.ImageStores;

import java.util.Optional;

/** The provenance that the controller makes of an image from what it knows of the run itself. */
public final class ControllerProvenance {
    private ControllerProvenance() {}

    /**
     * Makes the statement. A claimed base is compared with the image's layers, read through the controller's own stores;
     * refuses a claim that they contradict.
     */
    public static Statement of(RunOrigin origin, BuildClaim claim, ImageStores stores)
            throws AirworthyException, InterruptedException {
        if (!claim.digest()
                .equals(ImageReader.resolve(stores.open(claim.reference()), claim.reference())
                        .digest())) {
            throw new UndecidedException(claim.reference() + " is not " + claim.digest());
        }
        return new Statement(
                new Subject(Optional.of(claim.reference().repository()), claim.digest()),
                Optional.of(new Observation(Observer.BUILD_AGENT, claim.finishedAt())),
                PredicateTypes.PROVENANCE,
                StrictJson.object());
    }
}
