package io.orrery.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.platform.Platform;
import io.orrery.contracts.platform.PlatformReader;
import io.orrery.contracts.platform.Reading;
import io.orrery.sandbox.testkit.BackboneExtension;
import io.orrery.sandbox.testkit.TestBackbone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * All five services make a platform and take it down again, and whichever of them makes a tenth call to the world is killed
 * at it, in one run before the call has its effect, in the next one after. The end is always that of the undisturbed run,
 * with nothing made twice and nothing left over.
 */
@ExtendWith(BackboneExtension.class)
class CrashIT {

    private static final int EVERY = 10;
    private static final int AT_ONCE = 4;
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final PlatformName DEMO = PlatformName.of("demo");

    private static final String DOCUMENT = """
            apiVersion: orrery/v1
            kind: Platform
            metadata: {name: demo}
            spec:
              cloud: {name: sandbox, region: RegionOne}
              image: {name: "Ubuntu 22.04 LTS"}
              pools:
                - {name: control, role: server, count: 1, flavor: eo1.large}
                - {name: workers, role: agent, count: 1, flavor: eo1.large}
              storage:
                s3: {bucket: BUCKET, credentials: keys}
              policy: {keepBucket: false}
              openeo:
                host: openeo.example.org
                collections:
                  inline:
                    - id: ONE
                      _vito: {data_source: {type: stac, url: "https://stac.example.org/collections/one"}}
            """;

    /** What a run leads to. */
    private record End(Map<String, Long> standing, Map<String, Long> made, Map<String, Long> left) {}

    @TempDir
    Path folder;

    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private Thread.UncaughtExceptionHandler former;

    @BeforeEach
    void expectDeaths() {
        former = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            if (!(error instanceof Fate.Killed)) {
                unexpected.add(error);
            }
        });
    }

    @AfterEach
    void expectNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(former);
    }

    @Test
    void endsLikeTheUndisturbedRunWhicheverServiceIsKilled(TestBackbone backbone) throws Exception {
        try (var zookeeper = connected(backbone);
                var workers = Executors.newFixedThreadPool(AT_ONCE)) {
            var undisturbed = run(new Fate(Integer.MAX_VALUE, false), "undisturbed", backbone, zookeeper, 0);
            assertThat(undisturbed.standing()).containsEntry("server", 2L);
            assertThat(undisturbed.left()).isEmpty();

            var next = new AtomicInteger(1);
            List<Callable<Integer>> shares = IntStream.range(0, AT_ONCE)
                    .<Callable<Integer>>mapToObj(slice -> () -> share(undisturbed, next, backbone, zookeeper, slice))
                    .toList();
            var points = 0;
            for (var share : workers.invokeAll(shares)) {
                points += share.get();
            }
            assertThat(points).isGreaterThan(20);
        }
        assertThat(unexpected).isEmpty();
    }

    /** Takes the next point until there is none any more. */
    private int share(End undisturbed, AtomicInteger next, TestBackbone backbone, CuratorFramework zookeeper, int slice)
            throws Exception {
        for (var points = 0; ; points++) {
            var at = next.getAndAdd(EVERY);
            var done = at / EVERY % 2 == 1;
            var fate = new Fate(at, done);
            var end = run(fate, (done ? "after-" : "before-") + at, backbone, zookeeper, slice);
            assertThat(end).as("killed %s %s", done ? "after" : "before", fate).isEqualTo(undisturbed);
            if (!fate.hasStruck()) {
                return points;
            }
        }
    }

    private End run(Fate fate, String name, TestBackbone backbone, CuratorFramework zookeeper, int slice)
            throws Exception {
        try (var clockwork = new Clockwork(fate, backbone, zookeeper, folder.resolve(name), slice)) {
            clockwork.wish(DEMO, document(name));
            await(() -> clockwork.isReady(DEMO), fate);
            var standing = clockwork.standing();
            clockwork.wishRemoval(DEMO);
            await(() -> clockwork.isGone(DEMO), fate);
            assertThat(clockwork.clusters()).as("clusters after %s", fate).isZero();
            assertThat(clockwork.clients()).as("clients after %s", fate).isEmpty();
            return new End(standing, clockwork.made(), clockwork.standing());
        }
    }

    private static void await(Callable<Boolean> holds, Fate fate) {
        Awaitility.await(fate.toString())
                .dontCatchUncaughtExceptions()
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(20))
                .until(holds);
    }

    private static CuratorFramework connected(TestBackbone backbone) throws InterruptedException {
        var zookeeper = CuratorFrameworkFactory.newClient(
                backbone.zookeeper().connectString(), new ExponentialBackoffRetry(100, 3));
        zookeeper.start();
        zookeeper.blockUntilConnected();
        return zookeeper;
    }

    private static Platform document(String bucket) {
        var yaml = DOCUMENT.replace("BUCKET", bucket);
        var tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return switch (PlatformReader.read(tree)) {
            case Reading.Valid valid -> valid.platform();
            case Reading.Invalid invalid -> throw new IllegalArgumentException(invalid.toString());
        };
    }
}
