package io.orrery.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orrery.sandbox.boot.LinkedFirmware;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** What runs in the sandbox, as JSON at {@code /_sandbox}: machines, clusters, and how often the cloud was called. */
final class StatusView implements AutoCloseable {
    private static final String PATH = "/_sandbox";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final ObjectMapper json;
    private final Supplier<Map<String, Object>> cloud;
    private final LinkedFirmware firmware;

    private StatusView(
            HttpServer server, ObjectMapper json, Supplier<Map<String, Object>> cloud, LinkedFirmware firmware) {
        this.server = server;
        this.json = json;
        this.cloud = cloud;
        this.firmware = firmware;
    }

    /** @param cloud what is to be said of the cloud */
    static StatusView open(int port, ObjectMapper json, Supplier<Map<String, Object>> cloud, LinkedFirmware firmware) {
        try {
            var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            var view =
                    new StatusView(HttpServer.create(new InetSocketAddress(loopback, port), 0), json, cloud, firmware);
            view.server.setExecutor(view.threads);
            view.server.createContext("/", view::answer);
            view.server.start();
            return view;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                send(exchange, 404, Map.of("error", "only " + PATH + " is here"));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, Map.of("error", "this view can only be read"));
            } else {
                send(exchange, 200, view());
            }
        }
    }

    private Map<String, Object> view() {
        var view = new TreeMap<>(cloud.get());
        view.put("machines", firmware.machines());
        view.put("clusters", firmware.clusters());
        return view;
    }

    private void send(HttpExchange exchange, int status, Object body) throws IOException {
        var bytes = json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
