package io.orrery.provisioner.reconcile;

import io.orrery.sandbox.openstack.OpenStackEmulator;
import io.orrery.sandbox.openstack.OpenStackSettings;
import io.orrery.sandbox.openstack.model.Quotas;
import io.orrery.sandbox.openstack.model.Timings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** An emulated cloud in a process of its own, so that what is measured here is not its work. Nothing is short on it. */
final class CloudProcess implements AutoCloseable {

    private final Process process;
    private final Path cloudsYaml;

    private CloudProcess(Process process, Path cloudsYaml) {
        this.process = process;
        this.cloudsYaml = cloudsYaml;
    }

    Path cloudsYaml() {
        return cloudsYaml;
    }

    /**
     * @param cloudsYaml is there once the cloud answers
     * @param boot how long a server takes to ACTIVE
     * @param answer how long every call takes
     */
    static CloudProcess start(Path cloudsYaml, Duration boot, Duration answer) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CloudProcess.class.getName(),
                        cloudsYaml.toString(),
                        Long.toString(boot.toMillis()),
                        Long.toString(answer.toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(cloudsYaml) || !process.isAlive());
        return new CloudProcess(process, cloudsYaml);
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws Exception {
        var boot = Duration.ofMillis(Long.parseLong(arguments[1]));
        var answer = Duration.ofMillis(Long.parseLong(arguments[2]));
        var moment = Duration.ofMillis(100);
        try (var cloud = OpenStackEmulator.start(OpenStackSettings.defaults()
                .withQuotas(unlimited())
                .withHosts(10_000)
                .withTimings(new Timings(boot, moment, moment, moment, moment, answer)))) {
            var draft = Files.writeString(Path.of(arguments[0] + ".draft"), cloud.cloudsYaml());
            Files.move(draft, Path.of(arguments[0]));
            Thread.currentThread().join();
        }
    }

    private static Quotas unlimited() {
        var usual = Quotas.usual();
        return new Quotas(
                without(usual.compute()),
                without(usual.network()),
                without(usual.volume()),
                without(usual.balancing()));
    }

    private static Map<String, Integer> without(Map<String, Integer> limits) {
        return limits.keySet().stream().collect(Collectors.toMap(name -> name, name -> -1));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
