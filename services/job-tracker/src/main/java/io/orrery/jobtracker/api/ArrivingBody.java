package io.orrery.jobtracker.api;

import io.orrery.jobtracker.registry.RegistryException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A body on its way in, gathered up to a limit and while there is room for it beside those of others. What comes after
 * that is passed over, not stopped: a client that meets a closed connection while it is still sending never reads why.
 * Who goes on for too long is cut off.
 */
final class ArrivingBody implements Handler<Buffer> {

    private static final long MOST_PASSED_OVER = 256L * 1024 * 1024;

    private final HttpServerRequest request;
    private final int largest;
    private final Room room;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private Buffer gathered = Buffer.buffer();
    private long received;
    private boolean givenUp;

    ArrivingBody(HttpServerRequest request, int largest, Room room) {
        this.request = request;
        this.largest = largest;
        this.room = room;
    }

    /** For a request that has been refused. */
    static void passOver(HttpServerRequest request) {
        new ArrivingBody(request, 0, new Room(0)).gather();
    }

    static RegistryException tooLarge() {
        return RegistryException.tooLarge("request entity too large");
    }

    /**
     * @return fails with 413 as soon as more than {@code largest} bytes have come, with 503 as soon as there is no room
     *     for more, and with 400 if it breaks off; its room is taken until {@link #leave}
     */
    CompletionStage<byte[]> gather() {
        if (request.isEnded()) {
            whole.complete(new byte[0]);
            return whole;
        }
        request.handler(this);
        request.endHandler(end -> whole.complete(gathered.getBytes()));
        request.exceptionHandler(
                broken -> whole.completeExceptionally(RegistryException.badRequest("the body did not arrive whole")));
        if (largest > 0 && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
        return whole;
    }

    @Override
    public void handle(Buffer part) {
        received += part.length();
        if (received > largest) {
            giveUp(tooLarge());
        } else if (!kept(part)) {
            giveUp(RegistryException.unavailable("too many large bodies are being sent at once"));
        }
        if (received > largest + MOST_PASSED_OVER) {
            request.connection().close();
        }
    }

    private synchronized boolean kept(Buffer part) {
        if (givenUp || !room.take(part.length())) {
            return false;
        }
        gathered.appendBuffer(part);
        return true;
    }

    private void giveUp(RegistryException reason) {
        leave();
        whole.completeExceptionally(reason);
    }

    /** Nobody needs the body any more. */
    synchronized void leave() {
        givenUp = true;
        room.giveBack(gathered.length());
        gathered = Buffer.buffer();
    }
}
