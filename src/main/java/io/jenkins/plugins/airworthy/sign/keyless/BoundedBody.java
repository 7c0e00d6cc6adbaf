package io.jenkins.plugins.airworthy.sign.keyless;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The whole body of an answer. Refuses, while it still comes, one that is larger than allowed. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> whole;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private long left;
    private Flow.Subscription source;

    /** More came than is read. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    BoundedBody(BodySubscriber<byte[]> whole, long limit) {
        this.whole = whole;
        this.left = limit;
        whole.getBody().whenComplete((body, failure) -> {
            if (failure == null) {
                result.complete(body);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        whole.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            left -= buffer.remaining();
        }
        if (left < 0) {
            source.cancel();
            result.completeExceptionally(new TooLargeException());
        } else {
            whole.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.onError(failure);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }
}
