package io.orrery.jobtracker.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The part of an API server that forwards ports: a WebSocket of the subprotocol v4.channel.k8s.io, in which the first
 * byte of each message is its channel (0: data, 1: error), and which begins with the port's number on both.
 */
final class PortForwardingServer implements AutoCloseable {

    private static final byte DATA = 0;
    private static final byte ERROR = 1;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final SocketAddress target;
    private int port;

    private PortForwardingServer(SocketAddress target) {
        this.target = target;
    }

    /** @param address host and port of what stands behind every port */
    static PortForwardingServer to(String address) throws Exception {
        var colon = address.lastIndexOf(':');
        var server = new PortForwardingServer(SocketAddress.inetSocketAddress(
                Integer.parseInt(address.substring(colon + 1)), address.substring(0, colon)));
        server.listen();
        return server;
    }

    int port() {
        return port;
    }

    /** The addresses that were asked for. */
    List<String> asked() {
        return asked;
    }

    private void listen() throws Exception {
        var options =
                new HttpServerOptions().setHost("127.0.0.1").setPort(0).addWebSocketSubProtocol("v4.channel.k8s.io");
        port = vertx.createHttpServer(options)
                // By request: Quarkus, if it has run in this JVM, has switched off the handler of all WebSockets.
                .requestHandler(request -> request.toWebSocket().onSuccess(this::forward))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }

    private void forward(ServerWebSocket client) {
        asked.add(client.uri());
        client.pause();
        vertx.createNetClient()
                .connect(target)
                .onSuccess(pod -> join(client, pod))
                .onFailure(e -> client.close());
    }

    private static void join(ServerWebSocket client, NetSocket pod) {
        for (var channel : new byte[] {DATA, ERROR}) {
            client.writeBinaryMessage(Buffer.buffer().appendByte(channel).appendUnsignedShortLE(2181));
        }
        pod.handler(data ->
                client.writeBinaryMessage(Buffer.buffer().appendByte(DATA).appendBuffer(data)));
        pod.closeHandler(closed -> client.close());
        client.binaryMessageHandler(message -> pod.write(message.slice(1, message.length())));
        client.closeHandler(closed -> pod.close());
        client.resume();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
