package io.jenkins.plugins.airworthy.policy.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Collection;
import java.util.Map;

/**
 * Counts the work of one evaluation, and ends it when it is too much or its thread is interrupted. The library's own limit counts the
 * iterations of loops only, but each of them may go through a list or a text: the list that {@code map} makes is gone through for
 * each element.
 */
final class CelWork implements CelEvaluationListener {
    /** Maximum work of one evaluation: values that are looked at, the elements of lists, the characters of texts. */
    static final long MAX_WORK = 5_000_000;

    /** Maximum length of one text, in characters: searching in one takes at worst quadratic time. */
    static final int MAX_TEXT = CelImage.MAX_CHARACTERS;

    private final CelReads reads;
    private long work;

    CelWork(CelReads reads) {
        this.reads = reads;
    }

    @Override
    public void callback(CelExpr expr, Object value) {
        work += 1 + cost(value);
        if (work > MAX_WORK) {
            throw reads.fail(new InvalidInputException(
                    "it goes through more than the allowed " + MAX_WORK + " values, elements and characters"));
        }
        if (Thread.currentThread().isInterrupted()) {
            throw reads.fail(new InvalidInputException("it was interrupted"));
        }
    }

    private long cost(Object value) {
        if (value instanceof String text) {
            if (text.length() > MAX_TEXT) {
                throw reads.fail(new InvalidInputException(
                        "it looks at a text of " + text.length() + " characters, more than the allowed " + MAX_TEXT));
            }
            return text.length();
        }
        if (value instanceof CelJson.Sized json) {
            return json.weight();
        }
        return value instanceof Collection<?> list ? list.size() : value instanceof Map<?, ?> map ? map.size() : 0;
    }
}
