package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a certificate authority wrote into a certificate about the build that asked for it, from the token of the build's platform
 * (<a href="https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md">Fulcio's extensions</a>). A build cannot choose these values.
 */
public enum CertificateExtension {
    /** The definition of the build that signed, with its revision: a workflow, also one that another repository shares. */
    BUILD_SIGNER("buildSigner", 9),
    /** The kind of machine that the build ran on, such as {@code github-hosted}. */
    RUNNER_ENVIRONMENT("runnerEnvironment", 11),
    /** The URL of the repository that was built. */
    SOURCE_REPOSITORY("sourceRepository", 12),
    /** The commit that was built. */
    SOURCE_COMMIT("sourceCommit", 13),
    /** The branch or tag that was built, such as {@code refs/heads/main}. */
    SOURCE_REF("sourceRef", 14),
    /** The definition of the build that was started, with its revision. */
    BUILD_CONFIG("buildConfig", 18),
    /** The event that started the build, such as {@code push}. */
    BUILD_TRIGGER("buildTrigger", 20),
    /** The URL of the run. */
    RUN_INVOCATION("runInvocation", 21);

    /** Maximum length of a value, in characters. */
    public static final int MAX_LENGTH = 1_024;

    private static final String ARC = "1.3.6.1.4.1.57264.1.";

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern REF = Pattern.compile("refs/[a-z]+/[^\\s\\p{Cntrl}*]*\\*{0,2}");
    private static final Pattern URL = Pattern.compile("https?://[^\\s]+");

    private final String word;
    private final int number;

    CertificateExtension(String word, int number) {
        this.word = word;
        this.number = number;
    }

    /** Returns the extension for a keyword in a policy. */
    public static Optional<CertificateExtension> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** Refuses a pattern for this extension that can match nothing, or anything of anybody. */
    void checkPattern(String text) throws InvalidInputException {
        switch (this) {
            case RUNNER_ENVIRONMENT, BUILD_TRIGGER -> require(WORD, text, "expected a word such as push");
            case SOURCE_COMMIT -> require(COMMIT, text, "expected 40 or 64 lower-case hexadecimal digits");
            case SOURCE_REF ->
                require(
                        REF,
                        text,
                        "expected a ref in full such as refs/heads/main or refs/tags/v*, with a wildcard last");
            default -> {
                IdentityPattern.checkUrl(text, word);
                require(URL, text, "expected a URL such as https://github.com/acme/app");
            }
        }
    }

    private void require(Pattern form, String text, String advice) throws InvalidInputException {
        if (text.length() > MAX_LENGTH || !form.matcher(text).matches()) {
            throw new InvalidInputException(word + " '" + text + "': " + advice);
        }
    }

    /** The object identifier, in dots. */
    public String identifier() {
        return ARC + number;
    }

    /** The keyword in a policy. */
    @Override
    public String toString() {
        return word;
    }
}
