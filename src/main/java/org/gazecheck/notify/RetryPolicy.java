package org.gazecheck.notify;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param attempt for the answer to one attempt
 * @param attempts at most, 1 or more
 * @param pause before the second attempt; doubled before each further one
 * @param total for all attempts and pauses together
 */
public record RetryPolicy(Duration attempt, int attempts, Duration pause, Duration total) {
    /** For what a night came to. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofSeconds(10), 4, Duration.ofSeconds(1), Duration.ofSeconds(60));

    /** For the start, which is not to be held up. */
    public static final RetryPolicy SHORT =
            new RetryPolicy(Duration.ofSeconds(4), 2, Duration.ofSeconds(1), Duration.ofSeconds(8));
}
