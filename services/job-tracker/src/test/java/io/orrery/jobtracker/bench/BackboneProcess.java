package io.orrery.jobtracker.bench;

import io.orrery.sandbox.backbone.Backbone;
import io.orrery.sandbox.backbone.BackboneSettings;
import io.orrery.sandbox.backbone.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.awaitility.Awaitility;

/** Some of the backbone's programs, with their usual settings and data on a disk, in a process of their own. */
final class BackboneProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final JavaProcess process;
    private final Properties addresses;

    private BackboneProcess(JavaProcess process, Properties addresses) {
        this.process = process;
        this.addresses = addresses;
    }

    /**
     * @param heap MiB it may take
     * @param folder of its data, which may be there
     * @param zookeeperPort 0 for any
     * @param programs that run in it
     */
    static BackboneProcess start(int heap, Path folder, int zookeeperPort, String... programs) throws IOException {
        var listening = Files.createDirectories(folder).resolve("listening.properties");
        Files.deleteIfExists(listening);
        var arguments = List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BackboneProcess.class.getName(),
                folder.toString(),
                Integer.toString(zookeeperPort),
                String.join(",", programs));
        var process = JavaProcess.start(heap, folder.resolve("log"), arguments);
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(listening) || !process.isAlive());
        var addresses = new Properties();
        try (var reader = Files.newBufferedReader(listening)) {
            addresses.load(reader);
        }
        return new BackboneProcess(process, addresses);
    }

    String kafka() {
        return addresses.getProperty("kafka");
    }

    String zookeeper() {
        return addresses.getProperty("zookeeper");
    }

    int zookeeperPort() {
        return Integer.parseInt(zookeeper().substring(zookeeper().indexOf(':') + 1));
    }

    String s3(String what) {
        return addresses.getProperty("s3." + what);
    }

    long heap() throws IOException {
        return process.heap();
    }

    /** Runs until it is ended. */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var wanted = Set.of(arguments[2].split(","));
        var settings = BackboneSettings.keptIn(folder.resolve("data"))
                .withPorts(new Ports(0, 0, Integer.parseInt(arguments[1]), 0));
        try (var backbone = Backbone.start(settings)) {
            backbone.programs().stream()
                    .filter(program -> !wanted.contains(program.name()))
                    .forEach(program -> program.stop());
            Runtime.getRuntime().addShutdownHook(new Thread(backbone::close));
            tell(backbone, folder.resolve("listening.properties"));
            Thread.currentThread().join();
        }
    }

    /** The file is there all at once. */
    private static void tell(Backbone backbone, Path listening) throws IOException {
        var addresses = new Properties();
        addresses.setProperty("kafka", backbone.kafka().bootstrapServers());
        addresses.setProperty("zookeeper", backbone.zookeeper().connectString());
        addresses.setProperty("s3.endpoint", backbone.s3().endpoint().toString());
        addresses.setProperty("s3.access-key", backbone.s3().accessKey());
        addresses.setProperty("s3.secret-key", backbone.s3().secretKey());
        var draft = listening.resolveSibling("listening.draft");
        try (var writer = Files.newBufferedWriter(draft)) {
            addresses.store(writer, null);
        }
        Files.move(draft, listening);
    }

    @Override
    public void close() {
        process.close();
    }
}
