package io.orrery.sandbox.openstack.http;

import io.orrery.sandbox.openstack.faults.Faults;
import io.orrery.sandbox.openstack.model.World;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The one port that all services are behind, told apart by path prefix as DevStack does it. */
public final class Front implements AutoCloseable {
    /** A request's JSON may be so large; the largest genuine one is a server with its user-data, 64 KiB. */
    private static final int MOST_JSON = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final HttpServer server;
    private final World world;
    private final Faults faults;
    private final Dispatcher dispatcher;
    private final Path uploads;
    private final Duration answerTime;

    private Front(World world, Faults faults, Dispatcher dispatcher, Path uploads, Duration answerTime) {
        this.world = world;
        this.faults = faults;
        this.dispatcher = dispatcher;
        this.uploads = uploads;
        this.answerTime = answerTime;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
        this.server = vertx.createHttpServer(
                new HttpServerOptions().setMaxHeaderSize(64 * 1024).setHttp2ClearTextEnabled(false));
    }

    /**
     * Opens the port.
     *
     * @param uploads folder for bodies of bytes
     * @param answerTime added to every answer
     */
    public static Front open(
            String address,
            int port,
            World world,
            Faults faults,
            Dispatcher dispatcher,
            Path uploads,
            Duration answerTime) {
        var front = new Front(world, faults, dispatcher, uploads, answerTime);
        front.server.requestHandler(front::receive);
        try {
            front.server
                    .listen(port, address)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            return front;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while opening the port", interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            front.close();
            throw new UncheckedIOException(new IOException("Cannot listen on " + address + ":" + port, failure));
        }
    }

    public int port() {
        return server.actualPort();
    }

    private void receive(HttpServerRequest raw) {
        raw.exceptionHandler(unused -> {});
        var type = raw.getHeader("Content-Type");
        if (type != null && type.startsWith("application/octet-stream")) {
            receiveFile(raw);
            return;
        }
        if (Long.parseLong(Optional.ofNullable(raw.getHeader("Content-Length")).orElse("0")) > MOST_JSON) {
            raw.response().setStatusCode(413).putHeader("Connection", "close").end();
            return;
        }
        raw.body().onSuccess(body -> begin(raw, body.getBytes(), Optional.empty()));
    }

    private void receiveFile(HttpServerRequest raw) {
        var file = uploads.resolve(World.uuid());
        raw.pause();
        vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setCreate(true).setTruncateExisting(true))
                .compose(out -> raw.pipeTo(out))
                .onSuccess(unused -> begin(raw, new byte[0], Optional.of(file)))
                .onFailure(unused -> file.toFile().delete());
    }

    private void begin(HttpServerRequest raw, byte[] body, Optional<Path> file) {
        var service = dispatcher.serviceOf(raw.path());
        if (service.isEmpty()) {
            raw.response().setStatusCode(404).end();
            return;
        }
        var path = raw.path().substring(service.get().prefix().length());
        var verdict = faults.on(service.get().type(), raw.method().name(), path);
        var delay = answerTime.plus(verdict.delay());
        Runnable work = () -> world.errand(() -> {
            var request = request(raw, service.get(), path, body, file.map(Upload::of));
            new Delivery(vertx, raw, dispatcher).deliver(service.get(), request, verdict.effect());
        });
        if (delay.isZero()) {
            work.run();
        } else {
            vertx.setTimer(Math.max(1, delay.toMillis()), unused -> work.run());
        }
    }

    private static Request request(
            HttpServerRequest raw, Service service, String path, byte[] body, Optional<Upload> upload) {
        Map<String, String> headers = new TreeMap<>();
        raw.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        var id = "req-" + World.uuid();
        var base = "http://" + raw.authority() + service.prefix();
        var query = new Query(raw.params().entries().stream()
                .map(pair -> Map.entry(pair.getKey(), pair.getValue()))
                .collect(Collectors.toList()));
        boolean loopback = raw.remoteAddress().host().startsWith("127.");
        return Request.of(id, raw.method().name(), path, base, query, headers, new Body(body, upload), loopback);
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("The port did not close", failure);
        }
        deleteUploads();
    }

    private void deleteUploads() {
        try (var files = Files.list(uploads)) {
            List<Path> left = files.toList();
            for (var file : left) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(uploads);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
