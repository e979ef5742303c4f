package io.orrery.sandbox.controllers.kubelet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The kubelet's own HTTPS API, as far as the API server uses it for logs: /containerLogs/{namespace}/{pod}/{container}. */
final class KubeletServer implements AutoCloseable {

    /** Where a log is kept; empty if there is no such container here. */
    @FunctionalInterface
    interface Logs {
        Optional<ContainerLog> find(String namespace, String pod, String container, boolean previous);
    }

    private final HttpsServer server;
    private final ExecutorService threads;
    private final Logs logs;
    private final Clock clock;

    KubeletServer(String node, String address, Clock clock, Logs logs) throws IOException {
        this.logs = logs;
        this.clock = clock;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ServingCertificate.forNode(node, address)));
        server.setExecutor(threads);
        server.createContext("/healthz", exchange -> answer(exchange, 200, "ok"));
        server.createContext("/containerLogs/", this::containerLogs);
        server.createContext("/", exchange -> answer(exchange, 404, "404 page not found"));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void containerLogs(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().split("/", -1);
        if (path.length != 5) {
            answer(exchange, 404, "404 page not found");
            return;
        }
        var query = query(exchange.getRequestURI());
        var log = logs.find(path[2], path[3], path[4], Boolean.parseBoolean(query.get("previous")));
        if (log.isEmpty()) {
            answer(exchange, 404, "container \"" + path[4] + "\" in pod \"" + path[3] + "\" is not available");
            return;
        }
        stream(exchange, log.get(), query);
    }

    private void stream(HttpExchange exchange, ContainerLog log, Map<String, String> query) throws IOException {
        var tail = Integer.parseInt(query.getOrDefault("tailLines", "" + Integer.MAX_VALUE));
        var stamped = Boolean.parseBoolean(query.get("timestamps"));
        var since = since(query);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            ContainerLog.Reader reader = line -> {
                if (!line.at().isBefore(since)) {
                    var text = (stamped ? line.at() + " " : "") + line.text() + "\n";
                    body.write(text.getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
            };
            if (Boolean.parseBoolean(query.get("follow"))) {
                log.follow(tail, reader);
            } else {
                var lines = log.lines();
                for (var line : lines.subList(Math.max(0, lines.size() - tail), lines.size())) {
                    reader.take(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Instant since(Map<String, String> query) {
        if (query.containsKey("sinceTime")) {
            return Instant.parse(query.get("sinceTime"));
        }
        var seconds = query.get("sinceSeconds");
        return seconds == null ? Instant.MIN : clock.instant().minus(Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static Map<String, String> query(URI uri) {
        var query = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            Arrays.stream(uri.getRawQuery().split("&", -1))
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> query.put(pair[0], pair.length < 2 ? "" : decoded(pair[1])));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(code, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
