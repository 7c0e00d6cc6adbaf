package io.jenkins.plugins.airworthy.evidence.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The provenance of an image: builder, source, base and dependencies
 * (<a href="https://slsa.dev/spec/v1.0/provenance">SLSA provenance, version 1</a>). Refuses a predicate whose required members are
 * missing or have the wrong type, and an inconsistent one of our own build types. Unknown members are
 * ignored, as the specification demands.
 *
 * @param builderId empty if the builder does not name itself, which no build type of ours does
 * @param source the revision of the build definition; empty if the builder does not know it, or if the build type is not one
 *     of ours
 * @param base the base image; empty for an image from scratch, but see {@link #tellsBase()}
 * @param dependencies all resolved dependencies, including source and base, in their order
 */
public record Provenance(
        String buildType,
        String builderId,
        Optional<Source> source,
        Optional<Base> base,
        List<Dependency> dependencies,
        Optional<String> invocationId,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {
    /** The build type of the command line's {@code build}; docs/provenance.md says what it means. */
    public static final String COMMAND_LINE_BUILD = "https://plugins.jenkins.io/airworthy/build-types/command-line/v1";

    /** The build type of a Jenkins build; docs/provenance.md says what it means. */
    public static final String JENKINS_BUILD = "https://plugins.jenkins.io/airworthy/build-types/jenkins/v1";

    /** The build type of the command line's {@code adopt}; docs/provenance.md says what it means. */
    public static final String COMMAND_LINE_ADOPTED =
            "https://plugins.jenkins.io/airworthy/build-types/command-line-adopted/v1";

    /** The build type of an image that a Jenkins run adopted; docs/provenance.md says what it means. */
    public static final String JENKINS_ADOPTED = "https://plugins.jenkins.io/airworthy/build-types/jenkins-adopted/v1";

    /** The build type of the command line's {@code build --dockerfile}; docs/provenance.md says what it means. */
    public static final String COMMAND_LINE_DOCKERFILE =
            "https://plugins.jenkins.io/airworthy/build-types/command-line-dockerfile/v1";

    /** The build type of a Dockerfile that a Jenkins run had built; docs/provenance.md says what it means. */
    public static final String JENKINS_DOCKERFILE =
            "https://plugins.jenkins.io/airworthy/build-types/jenkins-dockerfile/v1";

    /** The builder id of the command line: anyone may run it, so only the signing key vouches for it. */
    public static final String COMMAND_LINE_BUILDER = "https://plugins.jenkins.io/airworthy/builders/command-line";

    /** How many dependencies a provenance may name. */
    public static final int MAX_DEPENDENCIES = 10_000;

    /** How many characters a URI or identifier may have. */
    public static final int MAX_URI_LENGTH = 4_096;

    static final String SHA256_PREFIX = "sha256:";
    private static final Set<String> ADOPTED_BUILD_TYPES = Set.of(COMMAND_LINE_ADOPTED, JENKINS_ADOPTED);
    private static final Set<String> DOCKERFILE_BUILD_TYPES = Set.of(COMMAND_LINE_DOCKERFILE, JENKINS_DOCKERFILE);
    static final Set<String> OWN_BUILD_TYPES = Set.of(
            COMMAND_LINE_BUILD,
            JENKINS_BUILD,
            COMMAND_LINE_ADOPTED,
            JENKINS_ADOPTED,
            COMMAND_LINE_DOCKERFILE,
            JENKINS_DOCKERFILE);

    public Provenance {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * The provenance of a build whose parts are known: source and base are put before the other dependencies.
     *
     * @param others what else the build was made from
     */
    public static Provenance of(
            String buildType,
            String builderId,
            Optional<Source> source,
            Optional<Base> base,
            List<Dependency> others,
            Optional<String> invocationId,
            Instant startedAt,
            Instant finishedAt) {
        List<Dependency> dependencies = new ArrayList<>();
        source.ifPresent(from -> from.commit()
                .ifPresent(commit -> dependencies.add(Dependency.of(from.uri(), ProvenanceReader.GIT_COMMIT, commit))));
        base.ifPresent(on -> dependencies.add(
                Dependency.of(on.uri(), ProvenanceReader.SHA256, on.digest().substring(SHA256_PREFIX.length()))));
        dependencies.addAll(others);
        return new Provenance(
                buildType,
                builderId,
                source,
                base,
                dependencies,
                invocationId,
                Optional.of(startedAt),
                Optional.of(finishedAt));
    }

    /** Reads the predicate of a statement. */
    public static Provenance parse(Statement statement) throws InvalidInputException {
        if (!statement.predicateType().equals(PredicateTypes.PROVENANCE)) {
            throw new InvalidInputException("'" + statement.predicateType() + "' is not SLSA provenance of version 1");
        }
        return ProvenanceReader.read(statement.predicateObject());
    }

    /**
     * Writes the predicate to sign.
     *
     * @param parameters the parameters of the build except source and base; becomes part of externalParameters
     * @param environment the values that the builder determined itself; becomes internalParameters
     */
    public ObjectNode toPredicate(ObjectNode parameters, ObjectNode environment) {
        return toPredicate(parameters, environment, List.of());
    }

    /**
     * The same with byproducts.
     *
     * @param byproducts what else the build made; it is named by its digest and not vouched for
     */
    public ObjectNode toPredicate(ObjectNode parameters, ObjectNode environment, List<Dependency> byproducts) {
        return ProvenanceWriter.write(this, parameters, environment, byproducts);
    }

    /**
     * Whether an empty {@link #base} means that there was none. The provenance of other builders may name its base in another
     * way, and an adopted image's is made by somebody who did not see the build, so that the base is unknown. So it is of a Dockerfile
     * whose image's layers could not be compared.
     */
    public boolean tellsBase() {
        return tellsBase(buildType);
    }

    static boolean tellsBase(String buildType) {
        return OWN_BUILD_TYPES.contains(buildType)
                && !isAdopted(buildType)
                && !DOCKERFILE_BUILD_TYPES.contains(buildType);
    }

    /** Whether somebody vouches for an image that another program built: how that came to be is not known. */
    public boolean isAdopted() {
        return isAdopted(buildType);
    }

    static boolean isAdopted(String buildType) {
        return ADOPTED_BUILD_TYPES.contains(buildType);
    }

    /**
     * A revision of source code.
     *
     * @param repository an https URL without credentials
     * @param ref for example {@code refs/heads/main}
     * @param commit hexadecimal; absent when unknown
     */
    public record Source(String repository, String ref, Optional<String> commit) {
        private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
        private static final Pattern REF = Pattern.compile("(?=.{1,1024}$)(refs(/[^\\s\\p{Cntrl}/]+){2,}|HEAD)");

        /** Checked for what a person or a checkout says; the refusal does not repeat a URL that may hold a password. */
        public static Source of(String repository, String ref, Optional<String> commit) throws InvalidInputException {
            if (!isPlainHttps(repository)) {
                throw new InvalidInputException("the source repository must be an https URL without user, password,"
                        + " query or fragment, such as https://git.example.com/team/app");
            }
            if (!REF.matcher(ref).matches()) {
                throw new InvalidInputException("'" + ref
                        + "' is not a full ref: expected for example refs/heads/main or refs/tags/v1, or HEAD");
            }
            if (commit.isPresent() && !COMMIT.matcher(commit.get()).matches()) {
                throw new InvalidInputException(
                        "'" + commit.get() + "' is not a commit: expected 40 or 64 lower-case hexadecimal digits");
            }
            return new Source(repository, ref, commit);
        }

        private static boolean isPlainHttps(String text) {
            if (text.length() > MAX_URI_LENGTH) {
                return false;
            }
            try {
                URI uri = new URI(text);
                return "https".equals(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        /** How SLSA names a revision: by its repository and ref, with the commit as digest. */
        String uri() {
            return "git+" + repository + "@" + ref;
        }
    }

    /** The reference that was asked for and the digest that it had, {@code sha256:} and 64 digits. */
    public record Base(String reference, String digest) {
        private static final String LAYOUT_PREFIX = "oci:";

        /** A registry's reference has no scheme of its own; a layout folder's has. */
        String uri() {
            return reference.startsWith(LAYOUT_PREFIX) ? reference : "oci://" + reference;
        }
    }

    /**
     * A resource descriptor: a URI and one digest, by algorithm name and hexadecimal value.
     *
     * @param uri or its name where it has no URI; empty when it has neither
     */
    public record Dependency(String uri, Optional<String> algorithm, Optional<String> value) {
        static Dependency of(String uri, String algorithm, String value) {
            return new Dependency(uri, Optional.of(algorithm), Optional.of(value));
        }

        /** A manifest in a store, by its digest. */
        public static Dependency ofManifest(ImageReference pinned) {
            String digest = pinned.digest().orElseThrow().hex();
            return of(new Base(pinned.repository(), "").uri(), ProvenanceReader.SHA256, digest);
        }
    }
}
