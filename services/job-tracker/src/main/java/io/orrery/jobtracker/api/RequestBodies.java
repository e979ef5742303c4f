package io.orrery.jobtracker.api;

import io.orrery.jobtracker.JobTrackerConfig;
import io.orrery.jobtracker.registry.RegistryException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.Function;

/**
 * The bodies of requests to the registry: at most {@value #LARGEST} bytes, all of them together in a limited room, in
 * good time, and without a thread that waits for them.
 */
@ApplicationScoped
class RequestBodies {

    static final int LARGEST = 10 * 1024 * 1024;

    /** In front of Quarkus's own limit, whose answer is empty. */
    private static final int FIRST = -100;

    private final Duration patience;
    private final Room room;

    RequestBodies(JobTrackerConfig config) {
        this.room = new Room(config.bodiesAtOnce().asLongValue());
        this.patience = config.bodyTimeout();
    }

    /** Refuses what says itself that it is too large before any of it is read. */
    void guard(@Observes Router router) {
        router.route("/registry/*").order(FIRST).handler(exchange -> {
            if (declared(exchange.request()) > LARGEST) {
                refuse(exchange);
            } else {
                exchange.next();
            }
        });
    }

    private static long declared(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private static void refuse(RoutingContext exchange) {
        ArrivingBody.passOver(exchange.request());
        var refusal = ArrivingBody.tooLarge();
        exchange.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject(RegistryErrors.body(refusal.status(), refusal.message())).toBuffer());
    }

    /**
     * What {@code work} makes of the body once it is here, on a worker thread. Until that is done the body takes room.
     *
     * @return fails with a {@link RegistryException}: 413, 503 if there is no room, 408 if it takes too long, 400 if it
     *     breaks off
     */
    <T> Uni<T> read(RoutingContext exchange, Function<byte[], T> work) {
        var body = new ArrivingBody(exchange.request(), LARGEST, room);
        return Uni.createFrom()
                .completionStage(body::gather)
                .ifNoItem()
                .after(patience)
                .failWith(() -> tooSlow(exchange))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(work)
                .onTermination()
                .invoke(body::leave);
    }

    private RegistryException tooSlow(RoutingContext exchange) {
        exchange.addEndHandler(done -> exchange.request().connection().close());
        return RegistryException.slow("the body has not arrived within " + patience.toSeconds() + " s");
    }
}
