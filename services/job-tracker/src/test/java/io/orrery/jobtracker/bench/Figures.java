package io.orrery.jobtracker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A table of what was measured, in Markdown. */
final class Figures {

    private static final double KIB = 1024;
    private static final double MIB = 1024 * KIB;

    private final List<String> rows = new ArrayList<>();

    void say(String what, String figure) {
        rows.add("| %s | %s |".formatted(what, figure));
    }

    void took(String what, Duration duration) {
        say(what, "%.1f s".formatted(duration.toMillis() / 1000.0));
    }

    /** @param bytes that all jobs take together */
    void takes(String what, long bytes, int jobs) {
        say(what, "%,d MiB, %.1f KiB a job".formatted(Math.round(bytes / MIB), bytes / KIB / jobs));
    }

    void latency(String what, Timings timings) {
        say(what, "%.1f / %.1f ms".formatted(timings.millis(50), timings.millis(99)));
    }

    void rate(String what, Timings timings) {
        say(what, "%,d/s".formatted(timings.perSecond()));
    }

    void write(Path file) throws IOException {
        Files.writeString(file, "| | |\n|---|---|\n" + String.join("\n", rows) + "\n");
    }
}
