package hudson.tools;

import hudson.model.Descriptor;
import hudson.util.FormValidation;

import java.io.File;

public abstract class ToolDescriptor<T extends ToolInstallation> extends Descriptor<ToolInstallation> {
    protected ToolDescriptor() {}

    public T[] getInstallations() {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("unchecked")
    public void setInstallations(T... installations) {
        throw new UnsupportedOperationException();
    }

    public FormValidation doCheckHome(File value) {
        throw new UnsupportedOperationException();
    }

    protected FormValidation checkHomeDirectory(File home) {
        throw new UnsupportedOperationException();
    }
}
