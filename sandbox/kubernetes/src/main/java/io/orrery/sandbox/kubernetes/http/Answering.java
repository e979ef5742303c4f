package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers out. Runs on virtual threads, so that a slow client holds up nobody but itself. */
final class Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    private static final int CONNECT_MILLIS = 10_000;

    private final Vertx vertx;
    private final Executor threads;
    private final Passing passing;
    private final NetClient pods;
    private final WatchFeed feed;

    Answering(Vertx vertx, Executor threads, WatchFeed feed) {
        this.vertx = vertx;
        this.threads = threads;
        this.passing = new Passing(vertx);
        this.pods = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
        this.feed = feed;
    }

    /** Does the work on a thread of its own after the delay. */
    void later(Duration delay, Runnable work) {
        vertx.setTimer(Math.max(1, delay.toMillis()), timer -> threads.execute(work));
    }

    void send(HttpServerRequest request, Answer answer) {
        switch (answer) {
            case Answer.Body body -> write(request, body);
            case Answer.Events events -> stream(request, events);
            case Answer.Forwarded forwarded -> forward(request, forwarded);
            case Answer.Passed passed -> passing.pass(passed.upstream(), request.response());
            case Answer.Moved moved ->
                request.response()
                        .setStatusCode(301)
                        .putHeader("Location", moved.location())
                        .end();
        }
    }

    void send(HttpServerRequest request, Fault.TooManyRequests fault) {
        var error = ApiError.tooManyRequests(
                "the server has received too many requests and has asked us to try again later",
                fault.retryAfterSeconds());
        request.response()
                .setStatusCode(error.code())
                .putHeader("Content-Type", "application/json")
                .putHeader("Retry-After", Integer.toString(fault.retryAfterSeconds()))
                .end(Buffer.buffer(Json.bytes(error.status())));
    }

    private static void write(HttpServerRequest request, Answer.Body body) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(body.code()).putHeader("Content-Type", body.contentType());
        response.end(body.bytes());
    }

    private void stream(HttpServerRequest request, Answer.Events events) {
        var response = request.response();
        var thread = Thread.currentThread();
        response.closeHandler(closed -> thread.interrupt());
        response.setChunked(true).putHeader("Content-Type", "application/json");
        try {
            // The headers go out at once: clients count the watch as open from then on.
            settle(response.write(Buffer.buffer()));
            feed.run(events, lines -> {
                var all = Buffer.buffer();
                lines.forEach(all::appendBuffer);
                settle(response.write(all));
            });
            settle(response.end());
        } catch (InterruptedException e) {
            LOG.debug("the watcher of {} has gone", request.path());
        } finally {
            events.watch().close();
        }
    }

    void sendOverWebSocket(HttpServerRequest request, Answer.Events events) {
        try {
            var socket = settle(request.toWebSocket());
            var thread = Thread.currentThread();
            socket.closeHandler(closed -> thread.interrupt());
            feed.run(events, lines -> {
                for (var line : lines) {
                    settle(socket.writeTextMessage(line.toString()));
                }
            });
            settle(socket.close());
        } catch (InterruptedException | IllegalStateException e) {
            // the latter is what a socket throws that closed before it was asked
            LOG.debug("the watcher of {} has gone", request.path());
        } finally {
            events.watch().close();
        }
    }

    private void forward(HttpServerRequest request, Answer.Forwarded forwarded) {
        request.toWebSocket()
                .onSuccess(client -> Forwarding.begin(client, pods, forwarded))
                .onFailure(failure -> LOG.debug("{} has become no WebSocket", request.path(), failure));
    }

    /** Waits until it is done; a client that is gone counts as an interruption. */
    private static <T> T settle(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            var gone = new InterruptedException("the client has gone");
            gone.initCause(e);
            throw gone;
        }
    }
}
