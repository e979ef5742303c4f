package io.orrery.cli.up;

import io.orrery.cli.CommandException;
import io.orrery.cli.Documents;
import io.orrery.cli.rest.Endpoints;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole system on this machine. */
@Command(
        name = "up",
        description = "Run the sandbox and the five services here, make a platform, and run a demo job on it.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "-f", paramLabel = "FILE", description = "the Platform document (default: examples/demo.yaml)")
    private Path file;

    @Option(
            names = "--cloud",
            paramLabel = "NAME",
            description =
                    "make the platform on this cloud of clouds.yaml, a genuine OpenStack; what runs on its servers is"
                            + " emulated here. The platform stays there until ./orrery down --remove")
    private Optional<String> cloud = Optional.empty();

    @Option(names = "--once", description = "end after the demo job has finished; exit code 0 if all went well")
    private boolean once;

    @Option(names = "--detach", description = "go on in the background once everything is up; ./orrery down ends it")
    private boolean detach;

    @Option(names = "--json", description = "print a machine-readable summary as the last line")
    private boolean json;

    @Option(
            names = "--port-offset",
            defaultValue = "0",
            paramLabel = "N",
            description = "added to every port (default: ${DEFAULT-VALUE})")
    private int portOffset;

    @Option(
            names = "--timeout",
            defaultValue = "PT10M",
            paramLabel = "DURATION",
            description = "how long the platform and the job may take (default: ${DEFAULT-VALUE})")
    private Duration timeout;

    @Override
    public Integer call() throws InterruptedException {
        var document = Documents.read(file == null ? RunFolder.home().resolve("examples/demo.yaml") : file);
        var folder = RunFolder.of(portOffset);
        if (detach) {
            return new Detached(portOffset, cloud, out()).start(document, file, timeout);
        }
        new Ports(portOffset, cloud.isPresent()).mustBeFree();
        var screen = new Screen(out(), Boolean.getBoolean("orrery.terminal") && !json);
        try (var local = new LocalOrrery(folder, portOffset, cloud, screen, Clock.systemUTC())) {
            Runtime.getRuntime().addShutdownHook(new Thread(local::close, "stop"));
            return run(local, document, screen);
        } catch (CommandException e) {
            screen.settle();
            spec.commandLine().getErr().println("orrery: " + e.getMessage());
            spec.commandLine().getErr().println("The logs are in " + folder.logs());
            return 1;
        } finally {
            sayWhatStands(folder);
        }
    }

    /** Not to standard output, which ends with the summary. */
    private void sayWhatStands(RunFolder folder) {
        Standing.in(folder).ifPresent(standing -> {
            spec.commandLine().getErr().println(standing.words(portOffset));
            spec.commandLine().getErr().flush();
        });
    }

    private int run(LocalOrrery local, Documents.Document document, Screen screen) throws InterruptedException {
        local.start();
        var platform = local.apply(document, timeout);
        screen.settle();
        printUrls(screen, document.name());
        var job = local.runDemoJob(platform, timeout);
        if (json) {
            out().println(local.summary(platform, job));
            out().flush();
        }
        if (once) {
            return job.path("status").asText().equals("finished") ? 0 : 1;
        }
        screen.say("Orrery is up. Ctrl-C ends it"
                + (cloud.isPresent() ? "; the platform stays on the cloud." : " and forgets everything."));
        local.stay();
        return 0;
    }

    private void printUrls(Screen screen, String name) {
        var at = new Endpoints("127.0.0.1", portOffset);
        screen.say("  overview     %s/".formatted(at.monitoring()));
        screen.say("  platform     %s/platforms/%s".formatted(at.provisioner(), name));
        screen.say("  jobs         %s/platforms/%s/jobs".formatted(at.jobTracker(), name));
        screen.say("  kubectl      ./orrery kubeconfig %s%s > kubeconfig".formatted(name, offsetOption()));
    }

    private String offsetOption() {
        return portOffset == 0 ? "" : " --port-offset " + portOffset;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
