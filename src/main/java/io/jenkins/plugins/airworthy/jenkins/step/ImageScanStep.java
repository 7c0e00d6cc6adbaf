package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.jenkins.agent.ScanOnAgent;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.scan.ScanFindings;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * {@code imageScan}: looks for vulnerabilities, secrets, misconfigurations and licences with Trivy, on a trusted agent if there is
 * one, otherwise on the build's own. Findings do not decide here: a policy decides from the signed statements.
 */
public final class ImageScanStep extends ImageStep {
    public static final String TITLE = "Scan a container image";

    private String image = "";
    private boolean sbom = true;

    @DataBoundConstructor
    public ImageScanStep() {}

    public String getImage() {
        return image;
    }

    /** Digest or reference of an image of this run, or a reference to another; empty means the one built last on the way here. */
    @DataBoundSetter
    public void setImage(String image) {
        this.image = GivenText.trimmed(image);
    }

    public boolean isSbom() {
        return sbom;
    }

    /** Whether bills of materials are made too; an image that is scanned again has them from its first scan. */
    @DataBoundSetter
    public void setSbom(boolean sbom) {
        this.sbom = sbom;
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, IOException, InterruptedException {
        ScanOnAgent.Scanned scanned = new ScanOnAgent(place, "imageScan").scan(place.expand(image), sbom);
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        int secrets = 0;
        int packages = 0;
        for (ScanResult result : scanned.results()) {
            ScanFindings findings = new ScanFindings(result);
            for (Severity severity : Severity.values()) {
                counts.merge(severity, findings.count(severity), Integer::sum);
            }
            secrets += result.secrets().size();
            packages += result.packages();
        }
        return new ScanValue(scanned.digest().toString(), scanned.observer().toString(), counts, secrets, packages);
    }

    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imageScan";
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        /** A trusted agent needs no workspace; without trusted agents the work itself asks for a node. */
        @Override
        public boolean needsWorkspace() {
            return false;
        }
    }
}
