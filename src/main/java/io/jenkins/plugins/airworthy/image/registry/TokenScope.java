package io.jenkins.plugins.airworthy.image.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a token allows in one repository (distribution, token scope documentation). */
record TokenScope(String repository, Set<String> actions) {
    /** Maximum number of scopes of one challenge that are read. */
    private static final int MAX_SCOPES = 8;

    private static final Pattern REPOSITORY =
            Pattern.compile("repository:([a-z0-9][a-z0-9._/-]{0,254}):([a-z*]+(?:,[a-z*]+)*)");

    /**
     * Returns the needed scopes, and those of a challenge that name the same repository by a longer or shorter name, as
     * registries behind a path do, and only needed actions. Other scopes that a registry names, such as another repository or
     * the right to delete, are not requested.
     */
    static List<String> widened(List<String> own, Optional<String> challenged) {
        List<String> all = new ArrayList<>(own);
        String[] named = challenged.orElse("").strip().split("[ \t]+", MAX_SCOPES + 1);
        for (int i = 0; i < Math.min(named.length, MAX_SCOPES); i++) {
            Optional<TokenScope> wanted = parse(named[i]);
            for (String mine : own) {
                Optional<TokenScope> have = parse(mine);
                if (wanted.isPresent() && have.isPresent() && wanted.get().isAnotherNameOf(have.get())) {
                    String scope = wanted.get().within(have.get());
                    if (!scope.endsWith(":") && !all.contains(scope)) {
                        all.add(scope);
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    private static Optional<TokenScope> parse(String scope) {
        Matcher matcher = REPOSITORY.matcher(scope);
        return matcher.matches()
                ? Optional.of(new TokenScope(
                        matcher.group(1), new TreeSet<>(List.of(matcher.group(2).split(",", -1)))))
                : Optional.empty();
    }

    private boolean isAnotherNameOf(TokenScope other) {
        return !repository.equals(other.repository)
                && (repository.endsWith("/" + other.repository) || other.repository.endsWith("/" + repository));
    }

    private String within(TokenScope other) {
        Set<String> both = new TreeSet<>(actions.contains("*") ? other.actions : actions);
        both.retainAll(other.actions);
        return "repository:" + repository + ":" + String.join(",", both);
    }
}
