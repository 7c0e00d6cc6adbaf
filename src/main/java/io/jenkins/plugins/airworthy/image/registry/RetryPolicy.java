package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Interruption;
import io.jenkins.plugins.airworthy.image.http.Response;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Retries requests when that can help and is safe: after a lost connection or a 5xx only idempotent requests,
 * after 429 and 503 (the registry did nothing) all requests. Pauses grow, and are random so that many clients do not retry
 * at the same time. Gives up after a limited number of attempts, and at once if a registry demands a longer wait than allowed.
 */
final class RetryPolicy {
    /** Includes the statuses of proxies for a slow server: 408, 499 (nginx), 520, 522 and 524 (Cloudflare). */
    private static final Set<Integer> PASSING = Set.of(408, 429, 499, 500, 502, 503, 504, 520, 522, 524);

    private static final Set<Integer> NOTHING_DONE = Set.of(429, 503);

    private final Connections connections;
    private final ErrorTranslator failures;

    RetryPolicy(Connections connections, String host) {
        this.connections = connections;
        this.failures = new ErrorTranslator(host);
    }

    /** Returns the first answer that need not be retried, or the last attempt's answer. */
    Response send(Request request, Optional<String> authorization) throws UndecidedException, InterruptedException {
        Limits limits = connections.limits();
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= limits.attempts();
            Duration asked = Duration.ZERO;
            try {
                Response answer = connections.send(request, authorization);
                boolean again = PASSING.contains(answer.status())
                        && request.repeats() != Request.Repeats.NEVER
                        && (request.repeatable() || NOTHING_DONE.contains(answer.status()));
                asked = retryAfter(answer);
                if (!again || last || asked.compareTo(limits.longestRetryAfter()) > 0) {
                    return answer;
                }
                answer.discard();
            } catch (IOException e) {
                Interruption.rethrow(e);
                if (!request.repeatable() || last || ErrorTranslator.isLasting(e)) {
                    throw failures.lost(request, e);
                }
            }
            pause(limits, attempt, asked);
        }
    }

    /** Returns whether this status may be temporary. */
    static boolean mayPass(int status) {
        return PASSING.contains(status);
    }

    /** Returns whether this status says that nothing was done. */
    static boolean didNothing(int status) {
        return NOTHING_DONE.contains(status);
    }

    /** Waits before the next attempt. */
    static void pause(Limits limits, int attempt, Duration atLeast) throws InterruptedException {
        long grown = limits.firstPause().toMillis() << Math.min(attempt - 1, 20);
        long bounded = Math.min(grown, limits.longestPause().toMillis());
        long jittered = bounded / 2 + ThreadLocalRandom.current().nextLong(bounded / 2 + 1);
        Thread.sleep(Math.max(jittered, atLeast.toMillis()));
    }

    /** Returns the wait in seconds that the registry asks for; a date is not supported and counts as none. */
    static Duration retryAfter(Response answer) {
        return answer.header("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }
}
