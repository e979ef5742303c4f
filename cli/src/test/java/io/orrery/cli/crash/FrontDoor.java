package io.orrery.cli.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orrery.jobtracker.issuer.Issuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registry and its issuer over HTTP, as far as openEO's web app knocks there when it starts. */
final class FrontDoor implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final URI url;
    private volatile Issuer issuer;

    FrontDoor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext("/registry/health", exchange -> answer(exchange, 200, Map.of("status", "ok")));
        server.createContext(
                "/issuer/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, Map.of("token_endpoint", issuer() + "/token")));
        server.createContext("/issuer/token", this::token);
        server.start();
    }

    URI registry() {
        return url.resolve("/registry");
    }

    URI issuer() {
        return url.resolve("/issuer");
    }

    void serve(Issuer current) {
        issuer = current;
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = Arrays.stream(new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
        var token = issuer.token(form.get("client_id"), form.get("client_secret"));
        answer(
                exchange,
                token.isPresent() ? 200 : 401,
                token.map((Function<Issuer.Token, Map<String, String>>) it -> Map.of("access_token", it.text()))
                        .orElse(Map.of()));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
