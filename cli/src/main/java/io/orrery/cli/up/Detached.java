package io.orrery.cli.up;

import io.orrery.cli.CommandException;
import io.orrery.cli.Documents.Document;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An Orrery in the background: the same command line again, in a session of its own, with its words in a file. */
final class Detached {

    private final int portOffset;
    private final Optional<String> cloud;
    private final PrintWriter out;

    Detached(int portOffset, Optional<String> cloud, PrintWriter out) {
        this.cloud = cloud;
        this.portOffset = portOffset;
        this.out = out;
    }

    /** Returns 0 once the platform is up and the demo job has finished, 1 if that failed. */
    int start(Document document, Path file, Duration timeout) throws InterruptedException {
        new Ports(portOffset, cloud.isPresent()).mustBeFree();
        var log = RunFolder.home().resolve(".orrery").resolve("up-" + portOffset + ".log");
        var process = launch(file, timeout, log);
        out.printf("Starting %s in the background; its words are in %s%n", document.name(), log);
        out.flush();
        var deadline = Instant.now().plus(timeout.multipliedBy(2));
        while (Instant.now().isBefore(deadline)) {
            var words = read(log);
            if (words.contains("Orrery is up.")) {
                out.print(words);
                out.println("It goes on in the background; end it with ./orrery down"
                        + (portOffset == 0 ? "" : " --port-offset " + portOffset));
                return 0;
            }
            if (!process.isAlive()) {
                out.print(words);
                return 1;
            }
            Thread.sleep(Duration.ofMillis(200));
        }
        process.destroy();
        throw new CommandException("not up after " + timeout.multipliedBy(2).toMinutes() + " minutes; see " + log);
    }

    private Process launch(Path file, Duration timeout, Path log) {
        var command = new ArrayList<>(
                List.of("setsid", RunFolder.home().resolve("orrery").toString(), "up"));
        command.addAll(List.of("--port-offset", Integer.toString(portOffset), "--timeout", timeout.toString()));
        cloud.ifPresent(name -> command.addAll(List.of("--cloud", name)));
        if (file != null) {
            command.addAll(List.of("-f", file.toAbsolutePath().toString()));
        }
        try {
            Files.createDirectories(log.getParent());
            return new ProcessBuilder(command)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new CommandException("cannot start in the background: " + e.getMessage(), e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }
}
