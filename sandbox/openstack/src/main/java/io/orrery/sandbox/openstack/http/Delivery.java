package io.orrery.sandbox.openstack.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.faults.Effect;
import io.orrery.sandbox.openstack.model.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Has one request answered and sends the answer, as whole or as damaged as the faults want it. */
final class Delivery {
    private final Vertx vertx;
    private final HttpServerRequest raw;
    private final Dispatcher dispatcher;

    Delivery(Vertx vertx, HttpServerRequest raw, Dispatcher dispatcher) {
        this.vertx = vertx;
        this.raw = raw;
        this.dispatcher = dispatcher;
    }

    void deliver(Service service, Request request, Optional<Effect> effect) {
        switch (effect.orElse(null)) {
            case null -> send(service, request);
            case Effect.Delay unused -> send(service, request);
            case Effect.Reply reply -> {
                if (reply.done()) {
                    dispatcher.answer(service, request);
                }
                instead(service, request, outage(service, request, reply.status()));
            }
            case Effect.Throttle throttle -> {
                var seconds = Integer.toString(throttle.retryAfter());
                var refusal = new Refusal(429, "OverLimit", "This request was rate-limited.");
                var answer = service.refused(refusal, request.id()).with("Retry-After", seconds);
                instead(service, request, service.seal(request, answer));
            }
            case Effect.Cut cut -> {
                drop(service, request, cut.done());
                vertx.runOnContext(unused -> raw.connection().close());
            }
            case Effect.Hang hang -> drop(service, request, hang.done());
            case Effect.Truncate unused -> truncate(service, request);
            case Effect.EmptyList unused -> {
                var outcome = dispatcher.answer(service, request);
                var answer = outcome.answer();
                if (answer.content() instanceof Answer.Content.Tree(JsonNode json)) {
                    answer = new Answer(answer.status(), answer.headers(), new Answer.Content.Tree(emptied(json)));
                }
                dispatcher.count(service, request, outcome.template(), answer.status());
                write(answer);
            }
        }
    }

    private void send(Service service, Request request) {
        var outcome = dispatcher.answer(service, request);
        dispatcher.count(service, request, outcome.template(), outcome.answer().status());
        write(outcome.answer());
    }

    private void instead(Service service, Request request, Answer answer) {
        dispatcher.count(service, request, dispatcher.template(service, request), answer.status());
        write(answer);
    }

    /** What a service says when it is broken, or its proxy when it is not there at all. */
    private static Answer outage(Service service, Request request, int status) {
        return status == 503
                ? Answer.text(503, "text/html", """
                        <html><body><h1>503 Service Unavailable</h1>
                        No server is available to handle this request.
                        </body></html>
                        """)
                : service.seal(
                        request,
                        service.refused(
                                new Refusal(status, "HTTPInternalServerError", "Unexpected API Error."), request.id()));
    }

    private void drop(Service service, Request request, boolean done) {
        if (done) {
            dispatcher.answer(service, request);
        }
        dispatcher.count(service, request, dispatcher.template(service, request), 0);
    }

    private void truncate(Service service, Request request) {
        var outcome = dispatcher.answer(service, request);
        dispatcher.count(service, request, outcome.template(), 0);
        var body = bytes(outcome.answer());
        head(outcome.answer());
        raw.response().putHeader("Content-Length", Integer.toString(Math.max(2, body.length())));
        raw.response().write(body.slice(0, body.length() / 2)).onComplete(unused -> raw.connection()
                .close());
    }

    private void write(Answer answer) {
        head(answer);
        switch (answer.content()) {
            case Answer.Content.None unused -> raw.response().end();
            case Answer.Content.Bytes bytes ->
                raw.response()
                        .putHeader("Content-Type", "application/octet-stream")
                        .sendFile(bytes.file().toString());
            case Answer.Content.Tree unused -> raw.response().end(bytes(answer));
            case Answer.Content.Text unused -> raw.response().end(bytes(answer));
            case Answer.Content.Page unused -> raw.response().end(bytes(answer));
        }
    }

    private void head(Answer answer) {
        raw.response().setStatusCode(answer.status());
        answer.headers().forEach(raw.response()::putHeader);
        switch (answer.content()) {
            case Answer.Content.Tree unused -> raw.response().putHeader("Content-Type", "application/json");
            case Answer.Content.Text text -> raw.response().putHeader("Content-Type", text.type());
            case Answer.Content.Page page ->
                raw.response()
                        .putHeader(
                                "Content-Type", written(answer.status(), page).type());
            case Answer.Content.None unused -> {}
            case Answer.Content.Bytes unused -> {}
        }
    }

    private ErrorPage.Written written(int status, Answer.Content.Page page) {
        return new ErrorPage(status, page.title(), page.explanation())
                .write(Optional.ofNullable(raw.getHeader("Accept")));
    }

    private Buffer bytes(Answer answer) {
        return switch (answer.content()) {
            case Answer.Content.Tree tree -> Buffer.buffer(serialized(tree.json()));
            case Answer.Content.Text text -> Buffer.buffer(text.text());
            case Answer.Content.Page page ->
                Buffer.buffer(written(answer.status(), page).text());
            case Answer.Content.None unused -> Buffer.buffer();
            case Answer.Content.Bytes unused -> Buffer.buffer();
        };
    }

    private static byte[] serialized(JsonNode json) {
        try {
            return Json.MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree can be written", impossible);
        }
    }

    private static JsonNode emptied(JsonNode json) {
        if (!(json instanceof ObjectNode list)) {
            return json;
        }
        var emptied = Json.object();
        list.properties().forEach(field -> {
            if (field.getValue().isArray() && !field.getKey().endsWith("_links")) {
                emptied.putArray(field.getKey());
            }
        });
        return emptied.isEmpty() ? json : emptied;
    }
}
