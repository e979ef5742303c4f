package io.orrery.sandbox;

import io.orrery.sandbox.backbone.BackboneException;
import io.orrery.sandbox.cloud.CloudException;
import io.orrery.sandbox.openstack.model.Timings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the sandbox until it is told to stop; says in one line of JSON where everything is. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Genuine Kafka, ZooKeeper and S3, emulated OpenStack and Kubernetes, in one process.")
public final class SandboxMain implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "Folder for all that is kept.")
    private Path data;

    @Option(
            names = "--port-offset",
            defaultValue = "0",
            description =
                    "Added to every port: Kafka 9092 and 9093, ZooKeeper 2181, S3 9000, OpenStack 8774, status 8775;"
                            + " with --cloud 8771 and 8772 in place of OpenStack's.")
    private int portOffset;

    @Option(
            names = "--bind",
            defaultValue = "127.0.0.1",
            description = "Where the OpenStack API listens (default: ${DEFAULT-VALUE}); all else is on loopback.")
    private String bind;

    @Option(
            names = "--cloud",
            paramLabel = "NAME",
            description = "The entry of clouds.yaml whose genuine OpenStack stands in for the emulated one.")
    private Optional<String> cloud = Optional.empty();

    @Option(names = "--realistic", description = "A cloud as slow as a public one: 20 s to boot, 0.2 s for a call.")
    private boolean realistic;

    @Option(names = "--boot", description = "How long a server takes to ACTIVE, as PT5S.")
    private Duration boot;

    @Option(names = "--latency", description = "Added to every answer of the cloud, as PT0.1S.")
    private Duration latency;

    @Option(
            names = "--rke2-start",
            defaultValue = "PT0.3S",
            description = "How long RKE2 takes on a machine (default: ${DEFAULT-VALUE}).")
    private Duration rke2Start;

    @Option(
            names = "--batch-job",
            defaultValue = "PT2S",
            description = "How long an openEO batch job takes (default: ${DEFAULT-VALUE}).")
    private Duration batchJob;

    private SandboxMain() {}

    public static void main(String[] arguments) {
        Logging.configure();
        System.exit(new CommandLine(new SandboxMain()).execute(arguments));
    }

    /** Standard output holds the one line and nothing else. */
    @Override
    public Integer call() throws InterruptedException {
        Sandbox sandbox;
        try {
            sandbox = Sandbox.start(settings());
        } catch (BackboneException | CloudException e) {
            new PrintStream(System.err, true, StandardCharsets.UTF_8).println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-close"));
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(sandbox.endpointsJson());
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private SandboxSettings settings() {
        var usual = SandboxSettings.usual(data, portOffset);
        return cloud.map(usual::withGenuine)
                .orElse(usual)
                .withBind(bind)
                .withCloud(timings())
                .withRke2Start(rke2Start)
                .withBatchJob(batchJob);
    }

    private Timings timings() {
        var usual = realistic ? Timings.realistic() : Timings.quick();
        return new Timings(
                Optional.ofNullable(boot).orElse(usual.boot()),
                usual.delete(),
                usual.power(),
                usual.volume(),
                usual.snapshot(),
                Optional.ofNullable(latency).orElse(usual.answer()));
    }
}
