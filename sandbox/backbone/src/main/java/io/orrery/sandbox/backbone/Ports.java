package io.orrery.sandbox.backbone;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where the programs listen; 0 stands for any port that is free at the start. */
public record Ports(int kafka, int kafkaController, int zookeeper, int s3) {
    public Ports {
        for (var port : new int[] {kafka, kafkaController, zookeeper, s3}) {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("no port: " + port);
            }
        }
    }

    /** What would listen where. */
    public Map<String, Integer> byProgram() {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("Kafka", kafka);
        ports.put("Kafka's controller", kafkaController);
        ports.put("ZooKeeper", zookeeper);
        ports.put("S3", s3);
        return ports;
    }

    /**
     * Passes when all of these ports are free; 0 always is.
     *
     * @throws BackboneException that names each program whose port is taken
     */
    public static void requireFree(Map<String, Integer> portByProgram) {
        Listening.refuseTaken(portByProgram);
    }

    public static Ports free() {
        return new Ports(0, 0, 0, 0);
    }

    /** The ports everybody knows these programs by, moved by an offset so that two sandboxes can run side by side. */
    public static Ports usual(int offset) {
        return new Ports(9092 + offset, 9093 + offset, 2181 + offset, 9000 + offset);
    }
}
