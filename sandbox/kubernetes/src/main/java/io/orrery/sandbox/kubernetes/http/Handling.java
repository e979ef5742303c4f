package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.auth.Authenticator;
import io.orrery.sandbox.kubernetes.auth.User;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
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

    Handling(Answering answering, Authenticator authenticator, Router router, Calls calls, Faults faults) {
        this.authenticator = authenticator;
        this.router = router;
        this.calls = calls;
        this.faults = faults;
        this.answering = answering;
    }

    void handle(HttpServerRequest request, Buffer body) {
        handle(request, body, answer -> answering.send(request, answer));
    }

    void handleWebSocket(HttpServerRequest request) {
        handle(request, Buffer.buffer(), answer -> {
            if (answer instanceof Answer.Events events) {
                answering.sendOverWebSocket(request, events);
            } else {
                answering.send(request, answer);
            }
        });
    }

    private void handle(HttpServerRequest request, Buffer body, Consumer<Answer> sender) {
        try {
            var exchange = exchange(request, body);
            var fault = faults.next(count(exchange), exchange.path());
            if (fault.isPresent()) {
                fail(fault.get(), request, exchange, sender);
            } else {
                sender.accept(answer(exchange));
            }
        } catch (ApiError error) {
            sender.accept(Answer.of(error));
        }
    }

    private void fail(Fault fault, HttpServerRequest request, Exchange exchange, Consumer<Answer> sender) {
        switch (fault) {
            case Fault.Late late -> answering.later(late.by(), () -> sender.accept(answer(exchange)));
            case Fault.TooManyRequests many -> answering.send(request, many);
            case Fault.ServerError error -> sender.accept(Answer.of(ApiError.internal("this was asked for")));
            case Fault.Dropped dropped -> request.connection().close();
            case Fault.LostAnswer lost -> {
                answer(exchange);
                request.connection().close();
            }
            case Fault.Hanging hanging -> LOG.debug("{} hangs, as was asked for", exchange.path());
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
        var session = request.sslSession();
        if (session == null) {
            return List.of(); // the client has gone already
        }
        try {
            return Arrays.stream(session.getPeerCertificates())
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
