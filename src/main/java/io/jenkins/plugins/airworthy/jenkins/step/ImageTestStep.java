package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.agent.TestOnAgent;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * {@code imageTest}: runs structure tests on an image's layers and takes over this build's JUnit results. A failed test is part of
 * the evidence like a passed one; it also fails the build, unless the step is set to return the counts.
 */
public final class ImageTestStep extends ImageStep {
    public static final String TITLE = "Test a container image";

    private String image = "";
    private List<String> structure = ListsDescriptor.kept(List.of());
    private List<String> junit = ListsDescriptor.kept(List.of());
    // Absent in a stored job means true: Jenkins reads a step without running this class's initialisers.
    private Boolean failOnFailedTests = true;

    @DataBoundConstructor
    public ImageTestStep() {}

    public String getImage() {
        return image;
    }

    /** Digest or reference of an image of this run, or a reference to another; empty means the one built last on the way here. */
    @DataBoundSetter
    public void setImage(String image) {
        this.image = GivenText.trimmed(image);
    }

    public List<String> getStructure() {
        return structure;
    }

    /** Files of structure tests in the workspace. */
    @DataBoundSetter
    public void setStructure(List<String> structure) {
        this.structure = ListsDescriptor.kept(structure);
    }

    public List<String> getJunit() {
        return junit;
    }

    /** Patterns of JUnit reports in the workspace. */
    @DataBoundSetter
    public void setJunit(List<String> junit) {
        this.junit = ListsDescriptor.kept(junit);
    }

    public boolean isFailOnFailedTests() {
        return !Boolean.FALSE.equals(failOnFailedTests);
    }

    @DataBoundSetter
    public void setFailOnFailedTests(boolean failOnFailedTests) {
        this.failOnFailedTests = failOnFailedTests;
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, IOException, InterruptedException {
        TestOnAgent.TestedImage tested = new TestOnAgent(place, "imageTest")
                .test(place.expand(image), place.expand(structure), place.expand(junit));
        if (isFailOnFailedTests() && !tested.passed()) {
            int failed = tested.count(Status.FAILED);
            throw new InvalidInputException(Count.of(failed, "test") + " of " + tested.digest()
                    + " failed: the log above lists them. The failed result is part of the image's evidence now");
        }
        return new TestValue(
                tested.digest().toString(),
                tested.count(Status.PASSED) + tested.count(Status.WARNED),
                tested.count(Status.FAILED),
                tested.count(Status.SKIPPED));
    }

    @Extension
    public static final class DescriptorImpl extends ListsDescriptor {
        @Override
        public String getFunctionName() {
            return "imageTest";
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        @Override
        public boolean needsWorkspace() {
            return true;
        }

        @Override
        protected Set<String> lists() {
            return Set.of("structure", "junit");
        }
    }
}
