package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.auth.Authenticator;
import io.orrery.sandbox.kubernetes.pki.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The HTTPS server: takes requests in, and hands each to a virtual thread of its own. */
public final class Front implements AutoCloseable {
    private static final int LONGEST_HEADERS = 64 * 1024;
    private static final long PATIENCE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(2)
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(2)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Handling handling;
    private HttpServerOptions options;
    private HttpServer server;

    public Front(Authenticator authenticator, Router router, WatchFeed feed, Calls calls, Faults faults) {
        this.handling = new Handling(new Answering(vertx, threads, feed), authenticator, router, calls, faults);
    }

    public void listen(String address, int port, Identity serving, X509Certificate clientCa) {
        options = new HttpServerOptions()
                .setHost(address)
                .setPort(port)
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(serving.certificatePem()))
                        .setKeyValue(Buffer.buffer(serving.keyPem())))
                .setClientAuth(ClientAuth.REQUEST)
                .setTrustOptions(TrustOptions.wrap(new AnyClient(clientCa)))
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxInitialLineLength(LONGEST_HEADERS)
                .setTcpNoDelay(true)
                .addWebSocketSubProtocol(PortForwards.PROTOCOL)
                .setReuseAddress(true);
        resume();
        options.setPort(server.actualPort());
    }

    public URI url() {
        return URI.create("https://" + options.getHost() + ":" + options.getPort());
    }

    public synchronized void resume() {
        if (server == null) {
            server = vertx.createHttpServer(options).requestHandler(this::dispatch);
            await(server.listen());
        }
    }

    public synchronized void pause() {
        if (server != null) {
            await(server.close());
            server = null;
        }
    }

    private void dispatch(HttpServerRequest request) {
        if (isWebSocket(request)) {
            request.pause();
            threads.execute(() -> handling.handleWebSocket(request));
        } else {
            BodyReader.read(request, body -> threads.execute(() -> handling.handle(request, body)));
        }
    }

    private static boolean isWebSocket(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "the server could not be started or stopped: "
                            + e.getCause().getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        pause();
        threads.shutdownNow();
        await(vertx.close());
    }
}
