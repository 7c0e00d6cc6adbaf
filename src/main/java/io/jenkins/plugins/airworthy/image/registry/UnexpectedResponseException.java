package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.util.Optional;

/** A registry answered with an unexpected status. */
final class UnexpectedResponseException extends UndecidedException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code the registry's error code, empty when it gave none */
    UnexpectedResponseException(String message, String code) {
        super(message);
        this.code = code;
    }

    Optional<String> code() {
        return Optional.of(code).filter(text -> !text.isEmpty());
    }
}
