package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provisioner's figures, against an emulated cloud in another process. No test: run by {@code ./orrery bench
 * provisioner}, which shows what this leaves in {@code target/figures.md}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ProvisionerBench {

    private static final Duration BOOT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMillis(200);
    private static final int RESYNCS = 3;
    private static final double MIB = 1024 * 1024;

    /**
     * The longest chain of calls that need one another's answers. Token; catalogues and lists, side by side; network;
     * subnet; the API's port; its floating IP; then the servers, all at once, and the list that finds them ACTIVE.
     */
    private static final int CHAIN = 8;

    @TempDir
    Path folder;

    private final List<String> figures = new ArrayList<>();

    @AfterAll
    void show() throws IOException {
        Files.writeString(Path.of("target", "figures.md"), "| | |\n|---|---|\n" + String.join("\n", figures) + "\n");
    }

    @Test
    void creationAgainstTheCriticalPath() throws Exception {
        try (var fleet = fleet("slow", BOOT, ANSWER)) {
            var began = System.nanoTime();
            fleet.add(3, 10);
            fleet.awaitReady();
            var took = Duration.ofNanos(System.nanoTime() - began);

            var critical = BOOT.plus(ANSWER.multipliedBy(CHAIN));
            say("3 + 10 machines, 200 ms a call, 20 s boot", "%.1f s".formatted(seconds(took)));
            say(
                    "of the critical path (%d calls one behind the other and a boot: %.1f s)"
                            .formatted(CHAIN, seconds(critical)),
                    "%.2f".formatted(seconds(took) / seconds(critical)));
            say("resources made", Long.toString(fleet.resources()));
            say(
                    "calls that change something, for each of them",
                    "%.2f".formatted((double) fleet.changes() / fleet.resources()));
            say("all calls, for each of them", "%.2f".formatted((double) fleet.calls() / fleet.resources()));
            assertThat(fleet.resources()).isGreaterThan(20);
        }
    }

    @Test
    void passWithoutChangeFromOneToAHundredPlatforms() throws Exception {
        try (var fleet = fleet("quick", Duration.ofMillis(100), Duration.ZERO)) {
            for (var platforms : List.of(1, 10, 100)) {
                while (fleet.size() < platforms) {
                    fleet.add(3, 17);
                }
                fleet.awaitReady();
                fleet.resync();
                var before = fleet.calls();
                fleet.resync();
                say(
                        "calls of a pass without change: %d platforms of 20 machines".formatted(platforms),
                        Long.toString(fleet.calls() - before));
            }
            var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            var before = system.getProcessCpuTime();
            for (var resync = 0; resync < RESYNCS; resync++) {
                fleet.resync();
            }
            var cpu = Duration.ofNanos((system.getProcessCpuTime() - before) / RESYNCS);
            say("CPU time of one resync of 100 platforms of 20 machines", cpu.toMillis() + " ms");
            System.gc();
            var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            say("heap in use after it", Math.round(heap / MIB) + " MiB");
        }
    }

    private Fleet fleet(String name, Duration boot, Duration answer) throws IOException, GeneralSecurityException {
        var own = Files.createDirectories(folder.resolve(name));
        return new Fleet(own, CloudProcess.start(own.resolve("clouds.yaml"), boot, answer));
    }

    private void say(String what, String figure) {
        figures.add("| %s | %s |".formatted(what, figure));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
