package org.gazecheck.notify;

/**
 * What became of a notification. It never holds anything that came from the environment or from the server, the status code
 * excepted.
 *
 * @param target the server, or the variable that names it
 * @param attempts that were made
 * @param outcome one clause: "delivered", "not delivered: the answer is 404"
 */
public record Delivery(String target, boolean delivered, int attempts, String outcome) {
    static Delivery made(String target, int attempts) {
        return new Delivery(target, true, attempts, "delivered");
    }

    static Delivery failed(String target, int attempts, String reason) {
        return new Delivery(target, false, attempts, "not delivered: " + reason);
    }

    /** For the log: {@code https://example.org: not delivered: the answer is 503 (4 attempts)}. */
    public String text() {
        return target + ": " + outcome + (attempts > 1 ? " (" + attempts + " attempts)" : "");
    }
}
