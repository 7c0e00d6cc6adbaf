package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.http.Response;

import java.util.Optional;

/**
 * An answer that was read completely.
 *
 * @param content the body of a 200
 * @param refusal the exception to throw if only a 200 is acceptable
 */
record BufferedResponse(Response answer, Optional<byte[]> content, Optional<UnexpectedResponseException> refusal) {

    int status() {
        return answer.status();
    }

    byte[] body() {
        return content.orElseThrow();
    }

    UnexpectedResponseException failure() {
        return refusal.orElseThrow();
    }
}
