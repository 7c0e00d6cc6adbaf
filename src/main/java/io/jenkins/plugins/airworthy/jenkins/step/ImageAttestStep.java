package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageSelector;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignedImage;
import io.jenkins.plugins.airworthy.jenkins.run.signing.RunSigner;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.IOException;
import java.io.Serializable;

/**
 * {@code imageAttest}: signs a job's own statement about an image and attaches it. Refuses the predicate types that the
 * product itself makes: a hand-written scan must not look like a scan.
 */
public final class ImageAttestStep extends KeyStep {
    public static final String TITLE = "Attest something of your own about a container image";

    private final String predicateType;
    private final String predicateFile;

    @DataBoundConstructor
    public ImageAttestStep(String predicateType, String predicateFile) {
        this.predicateType = GivenText.trimmed(predicateType);
        this.predicateFile = GivenText.trimmed(predicateFile);
    }

    public String getPredicateType() {
        return predicateType;
    }

    public String getPredicateFile() {
        return predicateFile;
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, IOException, InterruptedException {
        PredicateTypes.requireOwn(predicateType, "predicateType");
        RecordedImage recorded = ImageSelector.of(place).ofThisRun(place.expand(getImage()));
        byte[] predicate =
                WorkspaceFile.read(place.workspaceFor("imageAttest"), place.expand(predicateFile), Statement.MAX_BYTES);
        SignedImage signed = new RunSigner(place.run())
                .attest(
                        recorded,
                        predicateType,
                        predicate,
                        GivenText.of(getKey()).orElse(null),
                        place.progress());
        return SignedImageValue.of(signed);
    }

    @Extension
    public static final class DescriptorImpl extends KeyStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imageAttest";
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        @Override
        public boolean needsWorkspace() {
            return true;
        }

        @POST
        public FormValidation doCheckPredicateType(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkPredicateType(item, value);
        }

        @POST
        public FormValidation doCheckPredicateFile(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.isOpenTo(item) ? FormValidation.validateRequired(value) : FormValidation.ok();
        }
    }
}
