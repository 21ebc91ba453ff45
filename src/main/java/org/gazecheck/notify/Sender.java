package org.gazecheck.notify;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.gazecheck.notify.Message.UnusableException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a message to its server, with several attempts where another may help: the server answers 5xx, or not in time, or
 * refuses the connection. What exceptions and servers say is never passed on: it may repeat a secret.
 */
final class Sender {
    private static final int REDIRECTS = 3;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final RetryPolicy policy;

    Sender(RetryPolicy policy) {
        this.policy = policy;
    }

    /** What came of one attempt. */
    private sealed interface Answer {
        record Taken() implements Answer {}

        record Refused(String reason) implements Answer {}

        record TryAgain(String reason) implements Answer {}
    }

    /** Interrupting it ends it; the thread stays interrupted. */
    Delivery send(Message message) {
        long end = System.nanoTime() + policy.total().toNanos();
        Duration pause = policy.pause();
        for (int attempt = 1; ; attempt++) {
            Answer answer;
            try {
                answer = attempt(message, end);
                if (answer instanceof Answer.Taken) {
                    return Delivery.made(message.target(), attempt);
                }
                if (answer instanceof Answer.Refused refused) {
                    return Delivery.failed(message.target(), attempt, refused.reason());
                }
                boolean over = System.nanoTime() + pause.toNanos() >= end;
                if (attempt == policy.attempts() || over) {
                    return Delivery.failed(message.target(), attempt, ((Answer.TryAgain) answer).reason());
                }
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Delivery.failed(message.target(), attempt, "interrupted");
            }
            pause = pause.multipliedBy(2);
        }
    }

    private Answer attempt(Message message, long end) throws InterruptedException {
        long until = Math.min(end, System.nanoTime() + policy.attempt().toNanos());
        URI at = message.uri();
        for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
            HttpResponse<Void> response;
            try {
                response = response(message, at, until);
            } catch (UnusableException e) {
                return new Answer.Refused(String.valueOf(e.getMessage()));
            } catch (TimeoutException e) {
                return new Answer.TryAgain("no answer in time");
            } catch (ExecutionException e) {
                return failure(e.getCause());
            }
            int status = response.statusCode();
            if (status / 100 != 3) {
                return answered(status);
            }
            Optional<URI> next = followed(message, status)
                    ? response.headers().firstValue("Location").flatMap(redirect(at))
                    : Optional.empty();
            if (next.isEmpty()) {
                return new Answer.Refused(
                        "the answer is " + status + ", a redirect that is not followed; configure the final address");
            }
            at = next.get();
        }
        return new Answer.Refused("more than " + REDIRECTS + " redirects; configure the final address");
    }

    private static Function<String, Optional<URI>> redirect(URI from) {
        return location -> Message.redirected(from, location);
    }

    /** After 301 to 303 a POST would become a GET. */
    private static boolean followed(Message message, int status) {
        return status == 307 || status == 308 || message.body() == null && status != 304;
    }

    private HttpResponse<Void> response(Message message, URI at, long until)
            throws UnusableException, InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<Void>> future = client.sendAsync(message.request(at), headers -> new Bounded());
        try {
            return future.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } finally {
            future.cancel(true);
        }
    }

    private static Answer answered(int status) {
        if (status / 100 == 2) {
            return new Answer.Taken();
        }
        String reason = "the answer is " + status;
        return status >= 500 ? new Answer.TryAgain(reason) : new Answer.Refused(reason);
    }

    private static Answer failure(@Nullable Throwable failure) {
        if (failure instanceof SSLException) {
            return new Answer.Refused("TLS failed: no https at this address, or no certificate that is trusted");
        }
        if (failure instanceof HttpTimeoutException) {
            return new Answer.TryAgain("no answer in time");
        }
        if (failure instanceof ConnectException) {
            return new Answer.TryAgain(
                    failure.getCause() instanceof UnresolvedAddressException
                                    || failure.getCause() instanceof ConnectException inner
                                            && inner.getCause() instanceof UnresolvedAddressException
                            ? "there is no host of this name"
                            : "the connection was refused");
        }
        return failure instanceof IOException
                ? new Answer.TryAgain("the connection was lost")
                : new Answer.Refused("the request could not be made");
    }
}
