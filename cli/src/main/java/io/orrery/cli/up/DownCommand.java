package io.orrery.cli.up;

import io.orrery.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
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
public final class DownCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port-offset",
            defaultValue = "0",
            paramLabel = "N",
            description = "of the one to end (default: ${DEFAULT-VALUE})")
    private int portOffset;

    @Override
    public void run() {
        var running = pid(RunFolder.of(portOffset))
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .orElseThrow(() -> new CommandException("no Orrery runs here with port offset " + portOffset));
        running.destroy();
        try {
            running.onExit().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandException("process " + running.pid() + " does not end", e);
        }
        spec.commandLine().getOut().println("Orrery is down.");
    }

    private static Optional<Long> pid(RunFolder folder) {
        try {
            return Optional.of(Long.parseLong(Files.readString(folder.pid()).trim()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
