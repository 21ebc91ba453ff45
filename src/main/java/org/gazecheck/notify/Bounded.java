package org.gazecheck.notify;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Throws an answer away and breaks it off where it is long. The status is there as soon as the headers are, so that a body
 * which trickles holds nobody up.
 */
final class Bounded implements BodySubscriber<Void> {
    private static final long MOST_BYTES = 64 << 10;

    /** Given by {@link #onSubscribe}, which comes before all else. */
    @SuppressWarnings("NullAway.Init")
    private Subscription subscription;

    private long bytes;

    @Override
    public CompletionStage<Void> getBody() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        bytes += part.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes > MOST_BYTES) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        bytes = 0;
    }

    @Override
    public void onComplete() {
        bytes = 0;
    }
}
