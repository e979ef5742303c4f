package io.orrery.cli.up;

import io.orrery.cli.CommandException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps programs running: one that ends is started again, later each time if it ends again soon. */
final class Supervisor implements AutoCloseable {

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Consumer<String> teller;
    private final List<Program> started = new CopyOnWriteArrayList<>();
    private final Map<Program, Process> processes = new ConcurrentHashMap<>();
    private final Map<String, Integer> ends = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private volatile boolean closing;

    /** @param teller is told, in words for people, what ended and is started again */
    Supervisor(Consumer<String> teller) {
        this.teller = teller;
    }

    void keep(Program program) {
        started.add(program);
        start(program, FIRST_DELAY);
    }

    /** How often the program has ended by itself. */
    int ends(String name) {
        return ends.getOrDefault(name, 0);
    }

    /** Process ids by program. */
    Map<String, Long> pids() {
        var pids = new ConcurrentHashMap<String, Long>();
        processes.forEach((program, process) -> pids.put(program.name(), process.pid()));
        return pids;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ended() says itself what goes wrong
    private synchronized void start(Program program, Duration delayNextTime) {
        if (closing) {
            return;
        }
        var began = Instant.now();
        try {
            var process = launch(program);
            processes.put(program, process);
            process.onExit().thenAccept(ended -> ended(program, ended, began, delayNextTime));
        } catch (IOException e) {
            throw new CommandException("cannot start " + program.name() + ": " + e.getMessage(), e);
        }
    }

    private static Process launch(Program program) throws IOException {
        Files.createDirectories(program.log().getParent());
        var builder = new ProcessBuilder(program.command())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(program.log().toFile()));
        builder.environment().putAll(program.environment());
        return builder.start();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // start() says itself what goes wrong
    private void ended(Program program, Process process, Instant began, Duration delay) {
        if (closing) {
            return;
        }
        ends.merge(program.name(), 1, Integer::sum);
        var soon = Duration.between(began, Instant.now()).compareTo(SOON) < 0;
        var pause = soon ? delay : FIRST_DELAY;
        var next = pause.multipliedBy(2).compareTo(LONGEST_DELAY) < 0 ? pause.multipliedBy(2) : LONGEST_DELAY;
        teller.accept("%s ended (exit code %d); it is started again in %.1f s; its log is %s"
                .formatted(program.name(), process.exitValue(), pause.toMillis() / 1000.0, program.log()));
        timer.schedule(() -> start(program, next), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks all to end, the first started last as the others stand on it, and kills what does not in time. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        timer.shutdownNow();
        end(started.stream().skip(1).toList());
        end(started.stream().limit(1).toList());
    }

    private void end(List<Program> programs) {
        programs.stream().map(processes::get).forEach(Process::destroy);
        programs.stream().map(processes::get).forEach(Supervisor::await);
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
