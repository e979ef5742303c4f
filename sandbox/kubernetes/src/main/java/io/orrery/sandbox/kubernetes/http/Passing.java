package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a request on to another server and its answer back, as it comes. Certificates are not checked, as is upstream's
 * default for kubelets and proxies.
 */
final class Passing {
    private static final Logger LOG = LoggerFactory.getLogger(Passing.class);
    private static final int CONNECT_MILLIS = 10_000;

    private final HttpClient client;

    Passing(Vertx vertx) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setTrustAll(true)
                .setVerifyHost(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(200)
                .setKeepAlive(false));
    }

    void pass(Upstream upstream, HttpServerResponse response) {
        var options = new RequestOptions()
                .setSsl(upstream.tls())
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setMethod(upstream.method())
                .setURI(upstream.uri())
                .setHeaders(upstream.headers());
        client.request(options)
                .compose(request -> send(request, upstream.body(), response))
                .onFailure(failure -> unreachable(upstream, response, failure));
    }

    private static Future<Void> send(HttpClientRequest request, Buffer body, HttpServerResponse response) {
        response.closeHandler(closed -> request.reset());
        return request.send(body).compose(answer -> {
            response.setStatusCode(answer.statusCode()).setChunked(true);
            Proxying.passed(answer.headers())
                    .forEach((name, value) -> response.headers().add(name, value));
            return answer.pipeTo(response);
        });
    }

    private static void unreachable(Upstream upstream, HttpServerResponse response, Throwable failure) {
        LOG.debug("{} {}:{} failed", upstream.asked(), upstream.host(), upstream.port(), failure);
        if (response.headWritten()) {
            response.reset();
            return;
        }
        var error = upstream.asked().equals("kubelet")
                ? ApiError.internal("Get \"https://" + upstream.host() + ":" + upstream.port() + upstream.uri() + "\": "
                        + failure.getMessage())
                : ApiError.unavailable("error trying to reach service: " + failure.getMessage());
        response.setChunked(false)
                .setStatusCode(error.code())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(Json.bytes(error.status())));
    }
}
