package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.model.AbstractBuild;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters of a run that may be published in provenance: no sensitive ones, no files, and long values cut. */
final class RunParameters {
    /** How many parameters are listed. */
    static final int MAX = 100;

    /** How many characters of a name are kept. */
    static final int MAX_NAME_LENGTH = 200;

    /** How many characters of a value are kept. */
    static final int MAX_VALUE_LENGTH = 1_000;

    private RunParameters() {}

    static Map<String, String> of(Run<?, ?> run) {
        ParametersAction action = run.getAction(ParametersAction.class);
        Set<String> sensitive =
                run instanceof AbstractBuild<?, ?> build ? build.getSensitiveBuildVariables() : Set.of();
        return action == null ? Map.of() : published(action.getParameters(), sensitive);
    }

    static Map<String, String> published(List<ParameterValue> parameters, Set<String> sensitive) {
        Map<String, String> published = new LinkedHashMap<>();
        for (ParameterValue parameter : parameters) {
            if (published.size() >= MAX) {
                return published;
            }
            if (!parameter.isSensitive() && !sensitive.contains(parameter.getName()) && isText(parameter.getValue())) {
                published.put(
                        bounded(parameter.getName(), MAX_NAME_LENGTH),
                        bounded(String.valueOf(parameter.getValue()), MAX_VALUE_LENGTH));
            }
        }
        return published;
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof Number;
    }

    private static String bounded(String text, int length) {
        String line = AirworthyException.oneLine(text);
        return line.length() <= length ? line : line.substring(0, length) + "… (" + text.length() + " characters)";
    }
}
