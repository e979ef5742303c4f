package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Told by {@code monitoring} on {@link Topics#OBSERVABILITY}: what watches the platform, and how that is itself. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ObservabilityStatus(
        PlatformName platform,
        Uid uid,
        long observedGeneration,
        Phase phase,
        List<Condition> conditions,
        List<Component> components,
        List<String> abandoned)
        implements StageStatus {

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Component(String name, String version, boolean healthy, Optional<URI> url) {
        public Component {
            url = Objects.requireNonNullElse(url, Optional.empty());
        }
    }

    public ObservabilityStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        components = List.copyOf(Objects.requireNonNullElse(components, List.of()));
        abandoned = List.copyOf(Objects.requireNonNullElse(abandoned, List.of()));
    }

    @Override
    public Stage stage() {
        return Stage.OBSERVABILITY;
    }
}
