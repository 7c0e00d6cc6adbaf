package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.airworthy.jenkins.step.ImageStep.ImageStepDescriptor;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.StaplerRequest2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The descriptor of a step with lists of texts: a Jenkinsfile writes them as lists, a form as one entry per line. */
public abstract class ListsDescriptor extends ImageStepDescriptor {
    /** The fields that are lists. */
    protected abstract Set<String> lists();

    /** The text for a form's text area; empty for null entries, as in the form of a new step. */
    public final String lines(List<String> entries) {
        return entries == null ? "" : String.join("\n", entries);
    }

    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        for (String field : lists()) {
            if (form.opt(field) instanceof String text) {
                form.put(field, text.lines().filter(line -> !line.isBlank()).toList());
            }
        }
        return super.newInstance(request, form);
    }

    /** A list of a step: of a type that Jenkins can store, and never null. */
    static List<String> kept(List<String> given) {
        List<String> entries = new ArrayList<>();
        for (String entry : given == null ? List.<String>of() : given) {
            entries.add(GivenText.trimmed(entry));
        }
        return entries;
    }
}
