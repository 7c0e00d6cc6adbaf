package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.List;

/**
 * Asks what no other rule asks: an expression of the policy's author that must be true. An expression that cannot be
 * evaluated refuses the image.
 *
 * @param name tells this expression from the others of the policy
 * @param message what to say when the expression is false
 */
public record ExpressionRule(String name, Condition condition, String message, Trust trust) implements Rule {
    static final String KIND = "expression";

    /** A compiled expression; an interface so that a policy without expressions loads no expression language. */
    @FunctionalInterface
    public interface Condition {
        boolean holds(Case image, Trust trust) throws AirworthyException;
    }

    @Override
    public String id() {
        return KIND + ":" + name;
    }

    @Override
    public Scope scope() {
        return Scope.EACH_PLATFORM;
    }

    @Override
    public Outcome judge(Case image) {
        try {
            return condition.holds(image, trust)
                    ? Outcome.passed("holds", List.of())
                    : Outcome.failed(message, List.of());
        } catch (AirworthyException e) {
            return Outcome.failed(message + " (" + e.getMessage() + ")", List.of());
        }
    }
}
