package io.jenkins.plugins.airworthy.image.registry;

import java.util.Map;
import java.util.Optional;

/** Advice for the error codes of the distribution specification, and for further codes of some registries. */
final class RegistryErrorCodes {
    private static final String IMMUTABLE =
            ". What is there must not be changed: choose another tag. If it is a tag 'sha256-…', which names evidence, exclude"
                    + " 'sha256-*' from the registry's rule, or use a registry with the referrers API";
    private static final String NO_REPOSITORY =
            ". There is no such repository: check the name, or create the repository";
    private static final String KIND =
            ". The registry does not take this kind of manifest; evidence can be written in the older form (at the"
                    + " command line: --evidence-format legacy)";

    private static final Map<String, String> ADVICE = Map.of(
            "TAG_INVALID", IMMUTABLE,
            "TAG_IMMUTABLE", IMMUTABLE,
            "PRECONDITION", IMMUTABLE,
            "NAME_UNKNOWN", NO_REPOSITORY,
            "NAME_INVALID", ". The registry allows no repository of this name",
            "MANIFEST_INVALID", KIND,
            "DENIED", ". The user may not do this there; check the permissions of the repository",
            "UNSUPPORTED", ". The registry does not support this; look at its settings",
            "TOOMANYREQUESTS", ". The registry limits the rate of requests; try later, or log in");

    private RegistryErrorCodes() {}

    /** Returns the end of a message; empty if the code says no more than the status. */
    static Optional<String> advice(String code) {
        return Optional.ofNullable(ADVICE.get(code));
    }
}
