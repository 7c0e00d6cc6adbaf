package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.http.Response;

import java.util.Optional;

/**
 * An answer that was read to its end.
 *
 * @param content of a 200
 * @param refusal what to throw when no other status than 200 will do
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
