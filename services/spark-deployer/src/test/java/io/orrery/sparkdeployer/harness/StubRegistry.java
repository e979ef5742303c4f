package io.orrery.sparkdeployer.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** What openEO asks its job registry for before it starts: health, and a token. */
public final class StubRegistry implements AutoCloseable {

    public static final String CLIENT = "openeo-demo:s3cret-of-the-registry";

    private final HttpServer http;
    private volatile int health = 200;

    private StubRegistry(HttpServer http) {
        this.http = http;
        http.createContext("/health", exchange -> answer(exchange, health, "{\"status\": \"ok\"}"));
        http.createContext(
                "/issuer/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, "{\"token_endpoint\": \"" + issuer() + "/token\"}"));
        http.createContext("/issuer/token", this::token);
        http.start();
    }

    public static StubRegistry start() {
        try {
            return new StubRegistry(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI api() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    public URI issuer() {
        return URI.create(api() + "/issuer");
    }

    /** What /health answers from now on. */
    public void health(int status) {
        health = status;
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var secret = CLIENT.substring(CLIENT.indexOf(':') + 1);
        var granted = form.contains("client_secret=" + secret);
        answer(
                exchange,
                granted ? 200 : 401,
                granted ? "{\"access_token\": \"t\", \"token_type\": \"bearer\", \"expires_in\": 3600}" : "{}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (var body = exchange.getResponseBody()) {
            var bytes = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
