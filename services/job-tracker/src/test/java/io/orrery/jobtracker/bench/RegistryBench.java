package io.orrery.jobtracker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.jobtracker.bench.Timings.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * The registry's figures. No test: run by {@code ./orrery bench registry}, which shows what this leaves in
 * {@code target/figures.md}.
 */
class RegistryBench {

    private static final int JOBS = Integer.getInteger("orrery.bench.jobs", 100_000);

    /** At once, where the figure is how much the registry can do. */
    private static final int CLIENTS = 32;

    private static final int SEARCHES = 3_000;
    private static final int LONG_SEARCHES = 200;

    /** Of all searches for all jobs of a user together: there are the fewer of them the longer they take. */
    private static final int SHOWN_IN_LONG_SEARCHES = 2_000_000;

    private static final int WRITES = 2_000;
    private static final int SYNCS = 500;
    private static final int PAGE = 100;

    @TempDir(factory = OnDisk.class)
    Path folder;

    private final Population population =
            new Population("demo", JOBS, Instant.now().minusSeconds(3_600));
    private final Figures figures = new Figures();

    /** What a system has for temporary files may be no disk at all, and fsync free. */
    static final class OnDisk implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.createTempDirectory(Path.of("target"), "bench-");
        }
    }

    @AfterEach
    void show() throws IOException {
        figures.write(Path.of("target", "figures.md"));
    }

    @Test
    void registryOfManyJobs() throws Exception {
        figures.say("jobs", "%,d, of which %d are queued or running".formatted(JOBS, Population.ACTIVE));
        figures.latency("an fsync of this disk", syncs());
        try (var installation = Installation.of(folder, population)) {
            var alone = alone(installation);
            load(installation);
            try (var registry = installation.registry();
                    var client = installation.client(registry)) {
                figures.took("start to ready", registry.toReady());
                figures.takes("heap of the registry", registry.heap() - alone, JOBS);
                search(client);
                write(client);
            }
        }
    }

    /** @return the heap of a registry without jobs, in bytes */
    private long alone(Installation installation) throws IOException {
        try (var registry = installation.registry()) {
            figures.took("start to ready without jobs", registry.toReady());
            return registry.heap();
        }
    }

    private void load(Installation installation) throws IOException, InterruptedException, ExecutionException {
        var zookeeperAlone = installation.zookeeperHeap();
        var began = System.nanoTime();
        installation.load();
        figures.took("loading", Duration.ofNanos(System.nanoTime() - began));
        figures.took("ZooKeeper's restart", installation.restartZooKeeper());
        figures.takes("ZooKeeper's snapshot", installation.snapshot(), JOBS);
        figures.takes("heap of ZooKeeper", installation.zookeeperHeap() - zookeeperAlone, JOBS);
    }

    private void search(RegistryClient client) throws IOException, InterruptedException, ExecutionException {
        checkAnswers(client);
        latency("by id: what it has become", SEARCHES, n -> client.byId(someId(n)));
        latency("by id: all of it", SEARCHES, n -> client.whole(someId(n), someUser(n)));
        latency("by an id that does not exist", SEARCHES, n -> client.byId("j-" + n));
        latency("by user: the first " + PAGE, SEARCHES, n -> client.firstPage(someUser(n), PAGE));
        var busiest = population.busiest();
        var most = RegistryClient.jobs(client.all(busiest)).size();
        latency(
                "by user: all %,d of the busiest".formatted(most),
                Math.clamp(SHOWN_IN_LONG_SEARCHES / most, 10, LONG_SEARCHES),
                n -> client.all(busiest));
        latency("by activity: " + Population.ACTIVE, LONG_SEARCHES, n -> client.active());
        figures.rate(
                "by id, %d clients at once".formatted(CLIENTS),
                Timings.of(CLIENTS, 5 * SEARCHES, n -> client.byId(someId(n))));
    }

    /** Figures of wrong answers would be worth nothing. */
    private void checkAnswers(RegistryClient client) throws IOException, InterruptedException {
        assertThat(RegistryClient.jobs(client.byId(population.id(0)))).hasSize(1);
        assertThat(RegistryClient.jobs(client.whole(population.id(0), population.user(0))))
                .singleElement()
                .satisfies(job -> assertThat(job.get("process"))
                        .isEqualTo(population.posted(0).get("process")));
        assertThat(RegistryClient.jobs(client.byId("j-0"))).isEmpty();
        assertThat(RegistryClient.jobs(client.firstPage(population.busiest(), PAGE)))
                .hasSize(PAGE);
        assertThat(RegistryClient.jobs(client.active())).hasSize(Population.ACTIVE);
    }

    /** New jobs, which then change their status: the first for practice, the next one by one, the last all at once. */
    private void write(RegistryClient client) throws InterruptedException, ExecutionException {
        write("POST", n -> client.post(population.posted(JOBS + n).toString()));
        write(
                "PATCH",
                n -> client.patch(
                        population.id(JOBS + n), population.queued(JOBS + n).toString()));
    }

    private void write(String what, Call call) throws InterruptedException, ExecutionException {
        Timings.of(CLIENTS, WRITES, call);
        figures.latency(what, Timings.of(1, WRITES / 2, call.after(WRITES)));
        figures.rate(
                what + " by %d clients at once".formatted(CLIENTS),
                Timings.of(CLIENTS, WRITES, call.after(2 * WRITES)));
    }

    private void latency(String what, int calls, Call call) throws InterruptedException, ExecutionException {
        Timings.of(1, calls, call);
        figures.latency(what, Timings.of(1, calls, call.after(calls)));
    }

    private String someId(int n) {
        return population.id(population.askedFor(n));
    }

    /** Who made that job: whoever has made many is asked about often. */
    private String someUser(int n) {
        return population.user(population.askedFor(n));
    }

    private Timings syncs() throws IOException, InterruptedException, ExecutionException {
        try (var file =
                FileChannel.open(folder.resolve("sync"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return Timings.of(1, SYNCS, n -> {
                file.write(ByteBuffer.allocate(4096));
                file.force(false);
            });
        }
    }
}
