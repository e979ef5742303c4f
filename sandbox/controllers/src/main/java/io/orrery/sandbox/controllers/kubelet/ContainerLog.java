package io.orrery.sandbox.controllers.kubelet;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The lines that a container wrote; the oldest fall out when there are too many, as with rotated log files. */
public final class ContainerLog {

    private static final int MOST_LINES = 10_000;

    /** One line, and when it was written. */
    public record Line(Instant at, String text) {}

    /** Takes lines as they come; may refuse by an exception, which ends the following. */
    @FunctionalInterface
    public interface Reader {
        void take(Line line) throws IOException;
    }

    private final Clock clock;
    private final Deque<Line> lines = new ArrayDeque<>();
    private long written;
    private boolean ended;

    public ContainerLog(Clock clock) {
        this.clock = clock;
    }

    public synchronized void line(String text) {
        text.lines().forEach(line -> {
            lines.addLast(new Line(clock.instant(), line));
            written++;
            if (lines.size() > MOST_LINES) {
                lines.removeFirst();
            }
        });
        notifyAll();
    }

    /** No more lines will come: who follows is let go. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Gives the last lines there are, and then each new one until the container has ended. */
    void follow(int tail, Reader reader) throws IOException, InterruptedException {
        long next;
        synchronized (this) {
            next = written - Math.min(tail, lines.size());
        }
        while (true) {
            var batch = after(next);
            if (batch.isEmpty()) {
                return;
            }
            for (var line : batch) {
                reader.take(line);
            }
            next += batch.size();
        }
    }

    /** Waits for lines; an empty answer means that the log has ended. */
    private synchronized List<Line> after(long position) throws InterruptedException {
        while (written <= position && !ended) {
            wait();
        }
        return lines.stream()
                .skip(Math.max(0, lines.size() - (written - position)))
                .toList();
    }
}
