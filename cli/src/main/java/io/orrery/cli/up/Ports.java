package io.orrery.cli.up;

import io.orrery.cli.CommandException;
import io.orrery.cli.rest.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ports of a local Orrery: the usual ones, all moved by one offset. */
final class Ports {

    private final Map<String, Integer> byProgram = new LinkedHashMap<>();

    /** @param genuine whether a genuine cloud stands in for the emulated one */
    Ports(int offset, boolean genuine) {
        var services = new Endpoints("127.0.0.1", offset);
        byProgram.put("Kafka", 9092 + offset);
        byProgram.put("ZooKeeper", 2181 + offset);
        byProgram.put("S3", 9000 + offset);
        if (genuine) {
            byProgram.put("relay to the cloud", 8771 + offset);
            byProgram.put("way to API servers", 8772 + offset);
        } else {
            byProgram.put("OpenStack", 8774 + offset);
        }
        byProgram.put("sandbox status", 8775 + offset);
        byProgram.put("provisioner", services.provisioner().getPort());
        byProgram.put("cluster", services.cluster().getPort());
        byProgram.put("spark-deployer", services.sparkDeployer().getPort());
        byProgram.put("job-tracker", services.jobTracker().getPort());
        byProgram.put("monitoring", services.monitoring().getPort());
    }

    /** Says all that are taken at once, and how to move away. */
    void mustBeFree() {
        if (!taken().isEmpty()) {
            throw new CommandException("these ports are taken: " + String.join(", ", taken())
                    + "\nMove all ports with --port-offset N (1000, say), or end what runs there;"
                    + " ./orrery down ends a detached Orrery.");
        }
    }

    /** The ports that something listens on, each with the program that wants it. */
    List<String> taken() {
        return byProgram.entrySet().stream()
                .filter(entry -> isTaken(entry.getValue()))
                .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
                .toList();
    }

    private static boolean isTaken(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }
}
