package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.registry.WatchEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Writes a watch out, event by event, until the client goes, the time is up, or an ERROR has been told. */
public final class WatchFeed {
    private static final int MOST_IN_ONE_WRITE = 256;

    private final Duration bookmarkInterval;

    public WatchFeed(Duration bookmarkInterval) {
        this.bookmarkInterval = bookmarkInterval;
    }

    /** Where the events go; returns when they are out, so that a slow client slows nobody else. */
    @FunctionalInterface
    interface Sink {
        void write(Iterable<Buffer> lines) throws InterruptedException;
    }

    /** Runs on its own virtual thread; interrupting it ends the watch. */
    void run(Answer.Events events, Sink sink) throws InterruptedException {
        var end = Instant.now().plus(events.life());
        var nextBookmark = Instant.now().plus(bookmarkInterval);
        try (var watch = events.watch()) {
            while (Instant.now().isBefore(end)) {
                var due = events.bookmarks() && nextBookmark.isBefore(end) ? nextBookmark : end;
                var event = watch.next(Duration.between(Instant.now(), due));
                if (event.isEmpty() && events.bookmarks()) {
                    event = watch.bookmark();
                    nextBookmark = Instant.now().plus(bookmarkInterval);
                }
                if (event.isPresent() && isLast(event, events, sink)) {
                    return;
                }
            }
        }
    }

    private static boolean isLast(Optional<WatchEvent> first, Answer.Events events, Sink sink)
            throws InterruptedException {
        var lines = new ArrayList<Buffer>();
        for (var event = first; event.isPresent(); event = events.watch().nextIfAny()) {
            lines.add(line(event.get(), events));
            if (event.get().type() == WatchEvent.Type.ERROR) {
                sink.write(lines);
                return true;
            }
            if (lines.size() == MOST_IN_ONE_WRITE) {
                break;
            }
        }
        sink.write(lines);
        return false;
    }

    private static Buffer line(WatchEvent event, Answer.Events events) {
        var object = event.type() == WatchEvent.Type.ERROR
                ? event.object()
                : events.form().apply(event.object());
        var line = Json.object().put("type", event.type().name());
        line.set("object", object);
        return Buffer.buffer(Json.bytes(line)).appendByte((byte) '\n');
    }
}
