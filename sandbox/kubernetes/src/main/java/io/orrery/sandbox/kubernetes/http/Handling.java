package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.auth.Authenticator;
import io.orrery.sandbox.kubernetes.auth.User;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one request from its arrival to its answer: faults, who asks, what is asked. Runs on virtual threads. */
final class Handling {
    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

    private final Authenticator authenticator;
    private final Router router;
    private final Calls calls;
    private final Faults faults;
    private final Answering answering;

    Handling(Vertx vertx, Authenticator authenticator, Router router, WatchFeed feed, Calls calls, Faults faults) {
        this.authenticator = authenticator;
        this.router = router;
        this.calls = calls;
        this.faults = faults;
        this.answering = new Answering(vertx, feed);
    }

    void handle(HttpServerRequest request, Buffer body) {
        try {
            var exchange = exchange(request, body);
            var fault = faults.next(count(exchange), exchange.path());
            if (fault.isEmpty()) {
                answering.send(request, answer(exchange));
                return;
            }
            switch (fault.get()) {
                case Fault.Late late -> {
                    Thread.sleep(late.by());
                    answering.send(request, answer(exchange));
                }
                case Fault.TooManyRequests many -> answering.send(request, many);
                case Fault.ServerError error ->
                    answering.send(request, Answer.of(ApiError.internal("this was asked for")));
                case Fault.Dropped dropped -> request.connection().close();
                case Fault.LostAnswer lost -> {
                    answer(exchange);
                    request.connection().close();
                }
                case Fault.Hanging hanging -> LOG.debug("{} hangs, as was asked for", exchange.path());
            }
        } catch (ApiError error) {
            answering.send(request, Answer.of(error));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void handleWebSocket(HttpServerRequest request) {
        try {
            var exchange = exchange(request, Buffer.buffer());
            count(exchange);
            switch (answer(exchange)) {
                case Answer.Events events -> answering.sendOverWebSocket(request, events);
                case Answer other -> answering.send(request, other);
            }
        } catch (ApiError error) {
            answering.send(request, Answer.of(error));
        }
    }

    private String count(Exchange exchange) {
        var path = ResourcePath.parse(exchange.path())
                .filter(parsed -> !parsed.resource().isEmpty());
        var verb = Verb.of(exchange, path);
        calls.count(verb, path.map(ResourcePath::template).orElse(exchange.path()));
        return verb;
    }

    private Answer answer(Exchange exchange) {
        try {
            if (exchange.user().equals(User.ANONYMOUS) && !Router.isOpen(exchange.path())) {
                throw ApiError.unauthorized();
            }
            return router.answer(exchange);
        } catch (ApiError error) {
            return Answer.of(error);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
            return Answer.of(ApiError.internal(String.valueOf(e.getMessage())));
        }
    }

    private Exchange exchange(HttpServerRequest request, Buffer body) {
        var user = authenticator
                .authenticate(certificates(request), nullToEmpty(request.getHeader("Authorization")))
                .orElse(User.ANONYMOUS);
        return new Exchange(
                request.method(),
                path(request),
                request.uri(),
                Exchange.first(request.params()),
                request.headers(),
                body,
                user);
    }

    private static String path(HttpServerRequest request) {
        try {
            var path = new URI(request.path()).getPath();
            return path.startsWith("/") ? path : "/" + path;
        } catch (URISyntaxException e) {
            throw ApiError.badRequest("the path cannot be read: " + e.getMessage());
        }
    }

    private static List<X509Certificate> certificates(HttpServerRequest request) {
        try {
            return Arrays.stream(request.sslSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static String nullToEmpty(String text) {
        return text == null ? "" : text;
    }
}
