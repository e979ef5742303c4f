package io.orrery.sandbox.controllers.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The Elastic Job Registry and its OIDC issuer, as far as a web app asks them at its start. */
public final class FakeRegistry implements AutoCloseable {

    private final HttpServer server;
    private volatile int health = 200;

    private FakeRegistry(HttpServer server) {
        this.server = server;
    }

    public static FakeRegistry start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var registry = new FakeRegistry(server);
        server.createContext("/health", exchange -> answer(exchange, registry.health, "{}"));
        server.createContext(
                "/oidc/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, "{\"token_endpoint\":\"" + registry.url() + "/oidc/token\"}"));
        server.createContext("/oidc/token", exchange -> {
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var known = form.contains("client_id=openeo") && form.contains("client_secret=pear");
            answer(exchange, known ? 200 : 401, known ? "{\"access_token\":\"t\",\"token_type\":\"bearer\"}" : "{}");
        });
        server.start();
        return registry;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String credentials(String secret) {
        return "openeo:" + secret + "@" + url() + "/oidc";
    }

    public void answersHealthWith(int status) {
        health = status;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
