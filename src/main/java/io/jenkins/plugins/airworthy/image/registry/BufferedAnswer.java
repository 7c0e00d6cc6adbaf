package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.http.Answer;

import java.util.Optional;

/**
 * An answer that was read to its end.
 *
 * @param content of a 200
 * @param refusal what to throw when no other status than 200 will do
 */
record BufferedAnswer(Answer answer, Optional<byte[]> content, Optional<UnexpectedAnswerException> refusal) {

    int status() {
        return answer.status();
    }

    byte[] body() {
        return content.orElseThrow();
    }

    UnexpectedAnswerException failure() {
        return refusal.orElseThrow();
    }
}
