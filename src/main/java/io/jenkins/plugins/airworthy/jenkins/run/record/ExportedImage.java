package io.jenkins.plugins.airworthy.jenkins.run.record;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An image as the API of a run shows it. */
@ExportedBean
public final class ExportedImage {
    private final RecordedImage image;

    ExportedImage(RecordedImage image) {
        this.image = image;
    }

    @Exported
    public String getReference() {
        return image.reference().toString();
    }

    @Exported
    public String getDigest() {
        return image.digest().toString();
    }

    @Exported
    public boolean isBuilt() {
        return image.built();
    }

    @Exported
    public boolean isAdopted() {
        return image.adopted();
    }

    @Exported
    public int getStatements() {
        return image.statements().size();
    }

    @Exported
    public int getSignatures() {
        return image.signatures().size();
    }
}
