package io.jenkins.plugins.airworthy.policy.waiver;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a product is not affected by a vulnerability, in the words of
 * <a href="https://github.com/openvex/spec/blob/v0.2.0/OPENVEX-SPEC.md#status-justifications">OpenVEX 0.2.0</a>.
 */
public enum VexJustification {
    COMPONENT_NOT_PRESENT,
    VULNERABLE_CODE_NOT_PRESENT,
    VULNERABLE_CODE_NOT_IN_EXECUTE_PATH,
    VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY,
    INLINE_MITIGATIONS_ALREADY_EXIST;

    /** The specification's word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words of the specification. */
    public static List<String> words() {
        return Arrays.stream(values()).map(VexJustification::word).toList();
    }

    /** The justification with this word, letter by letter. */
    public static Optional<VexJustification> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
