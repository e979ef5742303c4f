package io.orrery.cli.up;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** When each stage began to move and when it became ready, as seen from here. */
public final class Timeline {

    /** @param ready empty while it is not */
    record Span(Duration begun, Optional<Duration> ready) {}

    private final Clock clock;
    private final Instant start;
    private final Map<String, Span> spans = new LinkedHashMap<>();
    private final Map<String, String> said = new HashMap<>();

    public Timeline(Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    /** Takes in what the stages say; calls back for each that says something else than before. */
    public void see(PlatformView platform, LineListener listener) {
        for (var stage : PlatformView.STAGES) {
            platform.phase(stage).ifPresent(phase -> see(stage, phase, platform.detail(stage), listener));
        }
    }

    private void see(String stage, String phase, String detail, LineListener listener) {
        var now = elapsed();
        spans.computeIfAbsent(stage, it -> new Span(now, Optional.empty()));
        if (phase.equals("Ready")) {
            spans.computeIfPresent(
                    stage, (it, span) -> span.ready().isPresent() ? span : new Span(span.begun(), Optional.of(now)));
        }
        if (!(phase + detail).equals(said.put(stage, phase + detail))) {
            listener.line(now, stage, phase, detail);
        }
    }

    Map<String, Span> spans() {
        return new LinkedHashMap<>(spans);
    }

    /** Shows a line. */
    @FunctionalInterface
    public interface LineListener {
        void line(Duration at, String stage, String phase, String detail);
    }
}
