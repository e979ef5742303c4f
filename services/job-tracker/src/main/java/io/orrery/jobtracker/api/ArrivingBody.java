package io.orrery.jobtracker.api;

import io.orrery.jobtracker.registry.RegistryException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A body on its way in, gathered up to a limit. What comes after that is passed over, not stopped: a client that meets a
 * closed connection while it is still sending never reads why. Who goes on for too long is cut off.
 */
final class ArrivingBody implements Handler<Buffer> {

    private static final long MOST_PASSED_OVER = 256L * 1024 * 1024;

    private final HttpServerRequest request;
    private final int largest;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private Buffer gathered = Buffer.buffer();
    private long received;

    private ArrivingBody(HttpServerRequest request, int largest) {
        this.request = request;
        this.largest = largest;
    }

    /** @return fails with 413 as soon as more than {@code largest} bytes have come, and with 400 if it breaks off */
    static CompletionStage<byte[]> gather(HttpServerRequest request, int largest) {
        var body = new ArrivingBody(request, largest);
        body.begin();
        return body.whole;
    }

    /** For a request that has been refused. */
    static void passOver(HttpServerRequest request) {
        new ArrivingBody(request, 0).begin();
    }

    static RegistryException tooLarge() {
        return RegistryException.tooLarge("request entity too large");
    }

    private void begin() {
        if (request.isEnded()) {
            whole.complete(new byte[0]);
            return;
        }
        request.handler(this);
        request.endHandler(end -> whole.complete(gathered.getBytes()));
        request.exceptionHandler(
                broken -> whole.completeExceptionally(RegistryException.badRequest("the body did not arrive whole")));
        if (largest > 0 && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    @Override
    public void handle(Buffer part) {
        received += part.length();
        if (received <= largest) {
            gathered.appendBuffer(part);
            return;
        }
        gathered = Buffer.buffer();
        whole.completeExceptionally(tooLarge());
        if (received > largest + MOST_PASSED_OVER) {
            request.connection().close();
        }
    }
}
