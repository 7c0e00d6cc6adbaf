package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The work of a trial: the gate's own verification, with the controller's registries and keys. */
record PreviewVerification(VerifyRequest request) implements Callable<Judged> {
    static PreviewVerification of(String text, String image, String target) throws AirworthyException {
        return new PreviewVerification(new VerifyRequest(
                requireImage(image),
                target(target),
                PolicyCheck.parse(text),
                AirworthyConfiguration.get().keyRing().trustedKeys(),
                AirworthyConfiguration.get().getSigstore().trust()));
    }

    static ImageReference requireImage(String text) throws InvalidInputException {
        if (text.isBlank()) {
            throw new InvalidInputException("name the image to try the policy on");
        }
        ImageReference image = ImageReference.parse(text.strip());
        if (image.tag().isEmpty() && image.digest().isEmpty()) {
            throw new InvalidInputException("the image '" + image + "' has neither tag nor digest");
        }
        return image;
    }

    static Optional<ImageReference> target(String text) throws InvalidInputException {
        return text.isBlank() ? Optional.empty() : Optional.of(ImageReference.parse(text.strip()));
    }

    @Override
    public Judged call() throws AirworthyException, InterruptedException {
        return new Gate(
                        Registries.current().controllerStores(),
                        Clock.systemUTC(),
                        AirworthyConfiguration.get().verdictTimeLimit(),
                        SignatureLog.current()::statements)
                .verify(request, Progress.SILENT);
    }
}
