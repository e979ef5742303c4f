package io.orrery.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A platform as the provisioner's REST API shows it. */
public record PlatformView(JsonNode json) {

    /** The stages, in the order in which each builds on the one before it. */
    public static final List<String> STAGES =
            List.of("infrastructure", "cluster", "tracking", "workloads", "observability");

    /** Empty while the stage has told nothing. */
    public Optional<String> phase(String stage) {
        return Optional.ofNullable(json.at("/stages/" + stage + "/phase").textValue());
    }

    /** What the stage says it is doing or waiting for: the first condition that does not hold, else the last one. */
    public String detail(String stage) {
        var failing = conditions(stage)
                .filter(condition -> !condition.path("status").asText().equals("TRUE"))
                .findFirst();
        return failing.or(() -> conditions(stage).reduce((first, second) -> second))
                .map(condition -> condition.path("message").asText())
                .orElse("");
    }

    /** Whether every stage is Ready with the platform's present generation. */
    public boolean isReady() {
        return STAGES.stream().allMatch(this::isReady);
    }

    private boolean isReady(String stage) {
        return phase(stage).filter("Ready"::equals).isPresent()
                && json.at("/stages/" + stage + "/observedGeneration").asLong()
                        == json.path("generation").asLong();
    }

    private Stream<JsonNode> conditions(String stage) {
        return StreamSupport.stream(json.at("/stages/" + stage + "/conditions").spliterator(), false);
    }
}
