package io.orrery.sandbox.kubernetes.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Ports of a pod in one WebSocket. The n-th of them has the channels 2n for what is sent and 2n+1 for what went wrong; on
 * both the port's number comes first, in two bytes, the lower one first. When the pod has closed all connections, or has
 * taken none, the WebSocket ends. Runs on its event loop only.
 */
final class Forwarding {
    private final ServerWebSocket client;
    private final NetClient pods;
    private final Answer.Forwarded asked;
    private final Map<Integer, NetSocket> connections = new HashMap<>();
    private int open;

    private Forwarding(ServerWebSocket client, NetClient pods, Answer.Forwarded asked) {
        this.client = client;
        this.pods = pods;
        this.asked = asked;
        this.open = asked.ports().size();
    }

    /** What the client says meanwhile waits until the pod listens. */
    static void begin(ServerWebSocket client, NetClient pods, Answer.Forwarded asked) {
        client.pause();
        var forwarding = new Forwarding(client, pods, asked);
        client.binaryMessageHandler(forwarding::send);
        client.closeHandler(closed -> forwarding.connections.values().forEach(NetSocket::close));
        var connecting = IntStream.range(0, asked.ports().size())
                .mapToObj(number -> forwarding.connect(2 * number, asked.ports().get(number)))
                .toList();
        Future.join(connecting).onComplete(any -> client.resume());
    }

    private Future<NetSocket> connect(int channel, int port) {
        var number = Buffer.buffer().appendUnsignedShortLE(port);
        say(channel, number);
        say(channel + 1, number);
        return pods.connect(port, asked.address())
                .onSuccess(pod -> join(channel, pod))
                .onFailure(failure -> {
                    say(channel + 1, Buffer.buffer(reason(port, failure).getBytes(StandardCharsets.UTF_8)));
                    ended();
                });
    }

    private String reason(int port, Throwable failure) {
        return "error forwarding port %d to pod %s: %s".formatted(port, asked.pod(), failure.getMessage());
    }

    private void join(int channel, NetSocket pod) {
        connections.put(channel, pod);
        pod.closeHandler(closed -> ended());
        pod.handler(data -> {
            say(channel, data);
            if (client.writeQueueFull()) {
                pod.pause();
                client.drainHandler(drained -> connections.values().forEach(NetSocket::resume));
            }
        });
        if (client.isClosed()) {
            pod.close();
        }
    }

    private void say(int channel, Buffer data) {
        client.writeBinaryMessage(Buffer.buffer().appendByte((byte) channel).appendBuffer(data));
    }

    private void send(Buffer message) {
        var pod = message.length() == 0 ? null : connections.get((int) message.getUnsignedByte(0));
        if (pod != null) {
            pod.write(message.slice(1, message.length()));
            if (pod.writeQueueFull()) {
                client.pause();
                pod.drainHandler(drained -> client.resume());
            }
        }
    }

    private void ended() {
        open--;
        if (open == 0) {
            client.close();
        }
    }
}
