package io.orrery.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final List<String> lines = new ArrayList<>();
    private final Timeline timeline = new Timeline(new HandClock());

    @Test
    void saysALineOnlyWhenAStageSaysSomethingElse() throws Exception {
        see("Progressing", "2 of 5");
        see("Progressing", "2 of 5");
        see("Progressing", "3 of 5");

        assertThat(lines).containsExactly("Progressing 2 of 5", "Progressing 3 of 5");
    }

    @Test
    void knowsWhenAStageBeganAndWhenItWasFirstReady() throws Exception {
        now = now.plusSeconds(2);
        see("Progressing", "");
        now = now.plusSeconds(5);
        see("Ready", "");
        now = now.plusSeconds(5);
        see("Ready", "still");

        var span = timeline.spans().get("cluster");
        assertThat(span.begun()).isEqualTo(Duration.ofSeconds(2));
        assertThat(span.ready()).isEqualTo(Optional.of(Duration.ofSeconds(7)));
    }

    @Test
    void aPlatformIsReadyWhenEveryStageIsWithThePresentGeneration() throws Exception {
        assertThat(new PlatformView(allStages(2, 2)).isReady()).isTrue();
        assertThat(new PlatformView(allStages(3, 2)).isReady()).isFalse();
    }

    private static JsonNode allStages(long generation, long observed) throws Exception {
        var json = new StringBuilder("{\"generation\": " + generation + ", \"stages\": {");
        PlatformView.STAGES.forEach(stage ->
                json.append("\"%s\": {\"phase\": \"Ready\", \"observedGeneration\": %d},".formatted(stage, observed)));
        json.setCharAt(json.length() - 1, '}');
        return new ObjectMapper().readTree(json.append('}').toString());
    }

    private void see(String phase, String message) throws Exception {
        var json =
                "{\"stages\": {\"cluster\": {\"phase\": \"%s\", \"conditions\": [{\"status\": \"FALSE\", \"message\": \"%s\"}]}}}"
                        .formatted(phase, message);
        timeline.see(
                new PlatformView(new ObjectMapper().readTree(json)),
                (at, stage, word, detail) -> lines.add(word + " " + detail));
    }

    private final class HandClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
