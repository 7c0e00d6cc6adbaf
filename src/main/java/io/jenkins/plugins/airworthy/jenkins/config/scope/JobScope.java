package io.jenkins.plugins.airworthy.jenkins.config.scope;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.List;

/**
 * The jobs that something is for: jobs by their full name, and folders (or multibranch projects) with all jobs beneath them. Empty
 * means every job. There are no patterns: a name that merely looks alike is refused.
 */
public record JobScope(List<String> names) {
    /** How many names one scope may have. */
    public static final int MAX_NAMES = 1_000;

    private static final int MAX_NAME_LENGTH = 2_000;

    public JobScope {
        names = List.copyOf(names);
    }

    /** Checks an administrator's list. */
    public static JobScope of(List<String> names, String what) throws InvalidInputException {
        if (names.size() > MAX_NAMES) {
            throw new InvalidInputException(what + ": more than the allowed " + MAX_NAMES + " folders and jobs");
        }
        for (String name : names) {
            if (name.isBlank()
                    || name.length() > MAX_NAME_LENGTH
                    || name.startsWith("/")
                    || name.endsWith("/")
                    || name.contains("//")
                    || name.contains("*")) {
                throw new InvalidInputException(
                        what + ": '" + name
                                + "' is not the full name of a folder or job: write it as in its address, for example team/shop");
            }
        }
        return new JobScope(names);
    }

    /** Whether a job with this full name is in the scope. */
    public boolean covers(String fullName) {
        return names.isEmpty()
                || names.stream().anyMatch(name -> fullName.equals(name) || fullName.startsWith(name + "/"));
    }
}
