package io.orrery.sandbox.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before Nova and passes every call on as it is. Nova gives user-data back to administrators and to the machine alone; as
 * nothing runs on the machine, it is kept here when a server is asked for.
 */
final class ComputeRelay implements AutoCloseable {
    /** What belongs to one connection, and what the JDK's client writes itself. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "transfer-encoding",
            "upgrade");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final HttpClient http;
    private final URI nova;
    private final KeptUserData userData;

    private ComputeRelay(HttpServer server, HttpClient http, URI nova, KeptUserData userData) {
        this.server = server;
        this.http = http;
        this.nova = nova;
        this.userData = userData;
    }

    static ComputeRelay open(int port, HttpClient http, URI nova, KeptUserData userData) {
        try {
            var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            var relay =
                    new ComputeRelay(HttpServer.create(new InetSocketAddress(loopback, port), 0), http, nova, userData);
            relay.server.setExecutor(relay.threads);
            relay.server.createContext("/", relay::pass);
            relay.server.start();
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In place of Nova's own; the path is the same. */
    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + nova.getRawPath());
    }

    /** Where Nova gives no answer there is none from here either: the connection ends. */
    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestURI().getPath().endsWith("/servers")) {
                keep(body);
            }
            var answer = http.send(request(exchange, body), BodyHandlers.ofByteArray());
            passable(answer.headers().map())
                    .forEach(header -> exchange.getResponseHeaders().put(header.getKey(), header.getValue()));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        var asked = exchange.getRequestURI();
        var query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        var request = HttpRequest.newBuilder(nova.resolve(asked.getRawPath() + query))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        passable(exchange.getRequestHeaders())
                .forEach(header -> header.getValue().forEach(value -> request.header(header.getKey(), value)));
        return request.build();
    }

    private static List<Map.Entry<String, List<String>>> passable(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> !OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Before Nova is asked: its answer may be lost, and the server there all the same. */
    private void keep(byte[] body) throws IOException {
        try {
            var wish = JSON.readTree(body).path("server");
            if (wish.path("user_data").isTextual()) {
                userData.keep(
                        wish.path("name").asText(),
                        Base64.getMimeDecoder().decode(wish.path("user_data").asText()));
            }
        } catch (JsonProcessingException e) {
            // Nova will say what it thinks of it
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
