package io.orrery.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.cli.CommandException;
import io.orrery.cli.rest.Endpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The end of a detached Orrery. */
@Command(
        name = "down",
        description = "End an Orrery that runs in the background here.",
        mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port-offset",
            defaultValue = "0",
            paramLabel = "N",
            description = "of the one to end (default: ${DEFAULT-VALUE})")
    private int portOffset;

    @Option(
            names = "--remove",
            description =
                    "remove the platform first that it has made on a genuine cloud (up --cloud), also if it has ended"
                            + " already")
    private boolean remove;

    @Option(
            names = "--timeout",
            defaultValue = "PT10M",
            paramLabel = "DURATION",
            description = "how long the removal may take (default: ${DEFAULT-VALUE})")
    private Duration timeout;

    @Override
    public Integer call() throws InterruptedException {
        var folder = RunFolder.of(portOffset);
        var running = pid(folder).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        var standing = Standing.in(folder);
        if (remove && standing.isPresent()) {
            tell(standing.get(), remove(folder, standing.get(), running.isPresent()));
            Standing.forget(folder);
        } else if (running.isEmpty()) {
            throw new CommandException("no Orrery runs here with port offset " + portOffset
                    + standing.map(it -> ". " + it.words(portOffset)).orElse(""));
        }
        running.ifPresent(this::end);
        Standing.in(folder).ifPresent(it -> spec.commandLine().getErr().println(it.words(portOffset)));
        return 0;
    }

    private JsonNode remove(RunFolder folder, Standing standing, boolean runs) throws InterruptedException {
        out().printf("Removing platform %s from cloud %s ...%n", standing.platform(), standing.cloud())
                .flush();
        if (runs) {
            return new Removal(new Endpoints("127.0.0.1", portOffset)).of(standing.platform(), false, timeout);
        }
        var cloud = Optional.of(standing.cloud());
        new Ports(portOffset, true).mustBeFree();
        try (var local = new LocalOrrery(folder, portOffset, cloud, new Screen(out(), false), Clock.systemUTC())) {
            Runtime.getRuntime().addShutdownHook(new Thread(local::close, "stop"));
            return local.removeWhatStands(standing, timeout);
        }
    }

    private void tell(Standing standing, JsonNode certificate) {
        out().printf(
                        "Platform %s is gone from cloud %s: the absence of %d things is verified.%n",
                        standing.platform(),
                        standing.cloud(),
                        certificate.path("entries").size());
        certificate.path("abandoned").forEach(left -> out().println("  left: " + left.asText()));
        out().flush();
    }

    private void end(ProcessHandle running) {
        running.destroy();
        try {
            running.onExit().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandException("process " + running.pid() + " does not end", e);
        }
        out().println("Orrery is down.");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static Optional<Long> pid(RunFolder folder) {
        try {
            return Optional.of(Long.parseLong(Files.readString(folder.pid()).trim()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
