package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.jenkins.config.key.SigstoreInstance;
import io.jenkins.plugins.airworthy.jenkins.form.FormLines;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

import java.util.List;

/** The values that our part of the Security page sent. */
record SecurityForm(
        List<RegistryEntry> registries,
        List<String> trustedAgents,
        List<String> layoutFolders,
        TrivyOptions trivy,
        SigstoreInstance sigstore,
        int verdictMinutes) {

    static SecurityForm of(StaplerRequest2 request, JSONObject form) {
        return new SecurityForm(
                request.bindJSONToList(RegistryEntry.class, form.get("registries")),
                FormLines.of(form.optString("trustedAgents")),
                FormLines.of(form.optString("layoutFolders")),
                form.has("trivy")
                        ? request.bindJSON(TrivyOptions.class, form.getJSONObject("trivy"))
                        : new TrivyOptions(),
                form.has("sigstore")
                        ? request.bindJSON(SigstoreInstance.class, form.getJSONObject("sigstore"))
                        : new SigstoreInstance(),
                minutes(form.optString("verdictMinutes")));
    }

    /** A text that is not a number becomes a number that is refused; without the field the default stays. */
    private static int minutes(String text) {
        if (text.isEmpty()) {
            return (int) Gate.DEFAULT_TIME_LIMIT.toMinutes();
        }
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }
}
