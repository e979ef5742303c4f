package io.orrery.jobtracker.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The service as it is shipped, one replica. */
final class RegistryProcess implements AutoCloseable {

    private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final JavaProcess process;
    private final URI address;
    private final Duration toReady;

    private RegistryProcess(JavaProcess process, URI address, Duration toReady) {
        this.process = process;
        this.address = address;
        this.toReady = toReady;
    }

    /**
     * Returns when it is ready.
     *
     * @param heap MiB it may take
     */
    static RegistryProcess start(int heap, Path log, Map<String, String> settings) throws IOException {
        if (!Files.exists(PROGRAM)) {
            throw new IOException(PROGRAM.toAbsolutePath() + " is missing: build first");
        }
        var port = freePort();
        var address = URI.create("http://127.0.0.1:" + port);
        var arguments = new ArrayList<String>();
        arguments.add("-Dquarkus.http.port=" + port);
        arguments.add("-Dorrery.address=" + address);
        settings.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.addAll(List.of("-jar", PROGRAM.toString()));
        var began = System.nanoTime();
        var process = JavaProcess.start(heap, log, arguments);
        try (var http = HttpClient.newHttpClient()) {
            var question =
                    HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !process.isAlive() || answers(http, question));
        }
        if (!process.isAlive()) {
            throw new IOException("the registry has ended; see " + log);
        }
        return new RegistryProcess(process, address, Duration.ofNanos(System.nanoTime() - began));
    }

    private static boolean answers(HttpClient http, HttpRequest question) throws InterruptedException {
        try {
            return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI address() {
        return address;
    }

    /** From the start of the process until it said that it was ready. */
    Duration toReady() {
        return toReady;
    }

    long heap() throws IOException {
        return process.heap();
    }

    @Override
    public void close() {
        process.close();
    }
}
