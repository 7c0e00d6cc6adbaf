package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.util.Optional;

/** A registry answered with an unexpected status. */
final class UnexpectedResponseException extends UndecidedException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /** @param code the registry's error code, empty when it gave none */
    UnexpectedResponseException(String message, int status, String code) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    Optional<String> code() {
        return Optional.of(code).filter(text -> !text.isEmpty());
    }
}
