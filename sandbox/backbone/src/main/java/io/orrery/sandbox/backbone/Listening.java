package io.orrery.sandbox.backbone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Chooses and checks ports before anything starts: a Kafka that cannot bind says so only deep in its log. */
final class Listening {
    static final String HOST = "127.0.0.1";

    /** Below the range from which systems number outgoing connections: the port stays ours while its program is stopped. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private Listening() {}

    /** The same ports with each 0 replaced by a free one. */
    static Ports resolved(Ports ports) {
        refuseTaken(ports.byProgram());
        return new Ports(
                orFree(ports.kafka()), orFree(ports.kafkaController()), orFree(ports.zookeeper()), orFree(ports.s3()));
    }

    static void refuseTaken(Map<String, Integer> wanted) {
        var taken = wanted.entrySet().stream()
                .filter(program -> program.getValue() != 0 && !isFree(program.getValue()))
                .map(program -> program.getKey() + " (port " + program.getValue() + ")")
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new BackboneException("Another program on " + HOST + " holds the port of " + taken
                    + ". Stop it, or move this one with another port offset.");
        }
    }

    private static int orFree(int port) {
        if (port != 0) {
            return port;
        }
        for (var attempt = 0; attempt < 1000; attempt++) {
            var candidate = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new BackboneException("No port between " + FIRST + " and " + LAST + " is free on " + HOST + ".");
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
