package io.orrery.jobtracker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.jobtracker.bench.Timings.Call;
import io.orrery.jobtracker.registry.BodyStore;
import io.orrery.jobtracker.registry.JobStore;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.jobtracker.s3.Place;
import io.orrery.jobtracker.s3.S3Bodies;
import io.orrery.jobtracker.zookeeper.ZooKeeperJobs;
import io.orrery.reconciler.seal.Keysets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Where a registry of so many jobs is run: ZooKeeper in one process, Kafka and S3 in another, all data on the disk. */
final class Installation implements AutoCloseable {

    private static final String BUCKET = "registry";
    private static final String CLIENT = "bench";
    private static final String SECRET = "bench-secret";

    private static final int WRITERS_TO_S3 = 32;

    /** Each waits until ZooKeeper has its job on the disk, where it gets as many as there are by then at once. */
    private static final int WRITERS = 500;

    /** Whoever writes to the registry's stores remembers what he wrote: for so long. */
    private static final int AT_ONCE = 50_000;

    private final Path folder;
    private final Population population;
    private final BackboneProcess others;
    private BackboneProcess zookeeper;

    private Installation(Path folder, Population population) throws IOException {
        this.folder = folder;
        this.population = population;
        this.others = BackboneProcess.start(768, folder.resolve("others"), 0, "Kafka", "S3");
        this.zookeeper = zookeeper(0);
    }

    static Installation of(Path folder, Population population) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        new Keysets(folder.resolve("keys")).create();
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(UTF_8)));
        Files.writeString(folder.resolve("clients"), CLIENT + " " + hash + " " + population.backend() + "\n");
        var installation = new Installation(folder, population);
        installation.makeBucket();
        return installation;
    }

    private void makeBucket() {
        var keys = AwsBasicCredentials.create(others.s3("access-key"), others.s3("secret-key"));
        try (var client = S3Client.builder()
                .endpointOverride(URI.create(others.s3("endpoint")))
                .region(Region.of("RegionOne"))
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                .forcePathStyle(true)
                .build()) {
            client.createBucket(it -> it.bucket(BUCKET));
        }
    }

    private BackboneProcess zookeeper(int port) throws IOException {
        return BackboneProcess.start(512 + population.jobs() / 250, folder.resolve("zookeeper"), port, "ZooKeeper");
    }

    /**
     * Puts all jobs into ZooKeeper, as a registry would that takes them over from elsewhere, and the bodies of those that
     * are asked for into S3: of bodies neither ZooKeeper nor the registry holds anything, and they take the longest.
     */
    void load() throws InterruptedException, ExecutionException {
        var place = new Place(
                URI.create(others.s3("endpoint")), "", BUCKET, others.s3("access-key"), others.s3("secret-key"));
        try (var client = CuratorFrameworkFactory.newClient(zookeeper.zookeeper(), new RetryOneTime(1_000));
                var bodies = new S3Bodies(place)) {
            client.start();
            var jobs = new ZooKeeperJobs(client);
            put(jobs, bodies, WRITERS_TO_S3, numbers(population::isAskedFor));
            put(jobs, new NoBodies(), WRITERS, numbers(number -> !population.isAskedFor(number)));
        }
    }

    private int[] numbers(IntPredicate which) {
        return IntStream.range(0, population.jobs()).filter(which).toArray();
    }

    private void put(JobStore jobs, BodyStore bodies, int writers, int[] numbers)
            throws InterruptedException, ExecutionException {
        for (var first = 0; first < numbers.length; first += AT_ONCE) {
            var registry = new Registry(jobs, bodies, Clock.systemUTC());
            Call put = n -> registry.adopt(population.job(numbers[n]));
            Timings.of(writers, Math.min(AT_ONCE, numbers.length - first), put.after(first));
        }
    }

    /** Returns when it is ready. */
    RegistryProcess registry() throws IOException {
        var settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", others.kafka(),
                "orrery.zookeeper.connect", zookeeper.zookeeper(),
                "orrery.keys.folder", folder.resolve("keys").toString(),
                "orrery.job-tracker.clients", folder.resolve("clients").toString(),
                "orrery.job-tracker.s3.endpoint", others.s3("endpoint"),
                "orrery.job-tracker.s3.bucket", BUCKET,
                "orrery.job-tracker.s3.access-key", others.s3("access-key"),
                "orrery.job-tracker.s3.secret-key", others.s3("secret-key")));
        return RegistryProcess.start(512 + population.jobs() / 300, folder.resolve("registry.log"), settings);
    }

    RegistryClient client(RegistryProcess registry) throws IOException, InterruptedException {
        return new RegistryClient(registry.address(), CLIENT, SECRET, population.backend());
    }

    /** @return how long it takes until it answers again */
    Duration restartZooKeeper() throws IOException {
        var port = zookeeper.zookeeperPort();
        zookeeper.close();
        var began = System.nanoTime();
        zookeeper = zookeeper(port);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    long zookeeperHeap() throws IOException {
        return zookeeper.heap();
    }

    /** Bytes of the newest of the snapshots that ZooKeeper writes at its start and from time to time. */
    long snapshot() throws IOException {
        try (var files = Files.walk(folder.resolve("zookeeper"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("snapshot."))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow()
                    .toFile()
                    .length();
        }
    }

    @Override
    public void close() {
        zookeeper.close();
        others.close();
    }
}
