package io.orrery.sandbox.controllers.openeo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orrery.sandbox.controllers.kubelet.Exit;
import io.orrery.sandbox.controllers.kubelet.PodContext;
import io.orrery.sandbox.controllers.kubelet.Running;
import io.orrery.sandbox.controllers.kubelet.Workload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * openEO's web app, kube.py: reads its catalogue, asks for its registry, and serves on the pod's address; or ends with 1 and
 * the reason in its log.
 */
public final class WebApp implements Workload {

    private static final String DEFAULT_PORT = "50001";

    @Override
    public Running start(PodContext context) {
        var app = new ServerProcess(context);
        Thread.ofVirtual()
                .name("openeo-" + context.pod().getMetadata().getName())
                .start(app::run);
        return app;
    }

    private static final class ServerProcess implements Running {

        private final PodContext context;
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private final CompletableFuture<Exit> exited = new CompletableFuture<>();
        private HttpServer server;
        private ExecutorService threads;
        private boolean stopped;

        ServerProcess(PodContext context) {
            this.context = context;
        }

        void run() {
            try {
                var catalogue = LayerCatalogue.load(context);
                context.log().line("INFO Read layer catalog: " + catalogue.size() + " collections");
                new JobRegistry(context.env()).check();
                serve(new OpenEoApi(catalogue));
                ready.complete(null);
            } catch (StartFailure | IOException | RuntimeException e) {
                context.log().line("ERROR " + (e instanceof StartFailure ? e.getMessage() : e.toString()));
                exited.complete(Exit.error(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exited.complete(Exit.TERMINATED);
            }
        }

        private synchronized void serve(OpenEoApi api) throws IOException {
            if (stopped) {
                return;
            }
            var port = Integer.parseInt(context.env().getOrDefault("KUBE_OPENEO_API_PORT", DEFAULT_PORT));
            server = HttpServer.create(new InetSocketAddress(context.podIp(), port), 0);
            threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, api));
            server.start();
            context.log().line("INFO Listening at: http://" + context.podIp() + ":" + port);
        }

        private void answer(HttpExchange exchange, OpenEoApi api) throws IOException {
            var path = exchange.getRequestURI().getPath();
            var answer = api.answer(exchange.getRequestMethod(), path, root(exchange));
            context.log().line("INFO " + exchange.getRequestMethod() + " " + path + " -> " + answer.status());
            var bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            var head = "HEAD".equals(exchange.getRequestMethod());
            exchange.sendResponseHeaders(answer.status(), head ? -1 : bytes.length);
            try (var body = exchange.getResponseBody()) {
                if (!head) {
                    body.write(bytes);
                }
            }
        }

        private String root(HttpExchange exchange) {
            var headers = exchange.getRequestHeaders();
            var scheme =
                    Optional.ofNullable(headers.getFirst("X-Forwarded-Proto")).orElse("http");
            var host = Optional.ofNullable(headers.getFirst("X-Forwarded-Host"))
                    .or(() -> Optional.ofNullable(headers.getFirst("Host")))
                    .orElse(context.podIp());
            return scheme + "://" + host;
        }

        @Override
        public CompletableFuture<Void> ready() {
            return ready;
        }

        @Override
        public CompletableFuture<Exit> exited() {
            return exited;
        }

        @Override
        public synchronized void stop() {
            stopped = true;
            if (server != null) {
                server.stop(0);
                threads.shutdownNow();
                server = null;
            }
            exited.complete(Exit.TERMINATED);
        }
    }
}
