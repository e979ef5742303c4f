package io.orrery.reconciler.facts;

import io.orrery.contracts.Fact;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.Stage;
import io.orrery.contracts.StageStatus;
import io.orrery.contracts.Topic;
import io.orrery.contracts.Topics;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topics as tables. A record is applied if its offset is higher than what the table holds for its key, so that a
 * teller can apply its own fact at once and meet it again, harmlessly, when it comes back from Kafka.
 */
public final class FactTables implements Facts {

    /** One record of a fact topic; a tombstone has no fact. */
    public record Told(Topic topic, PlatformName key, Optional<Fact> fact, long offset, String eventId, Instant at) {}

    private record Place(Topic topic, PlatformName platform) {}

    private final Map<Place, Told> newest = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Safe for use by several threads. */
    public void apply(Told told) {
        if (isNew(told)) {
            listeners.forEach(listener -> listener.changed(told.topic(), told.key()));
        }
    }

    private synchronized boolean isNew(Told told) {
        var place = new Place(told.topic(), told.key());
        var former = newest.get(place);
        if (former != null && former.offset() >= told.offset()) {
            return false;
        }
        newest.put(place, told);
        return true;
    }

    /** The newest fact on the topic about the platform, whatever life of it that was told in. */
    public Optional<Fact> newest(Topic topic, PlatformName platform) {
        return Optional.ofNullable(newest.get(new Place(topic, platform))).flatMap(Told::fact);
    }

    @Override
    public PlatformFacts about(PlatformName name) {
        var statuses = new EnumMap<Stage, StageStatus>(Stage.class);
        for (var stage : Stage.values()) {
            newest(Topics.of(stage), name).ifPresent(fact -> statuses.put(stage, (StageStatus) fact));
        }
        var platform = newest(Topics.PLATFORMS, name).map(PlatformStatus.class::cast);
        return new PlatformFacts(name, platform, statuses, causes(name));
    }

    @Override
    public Set<PlatformName> names() {
        return newest.values().stream()
                .filter(told -> told.fact().isPresent())
                .map(Told::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    private List<String> causes(PlatformName name) {
        return Topics.FACTS.stream()
                .flatMap(topic -> Stream.ofNullable(newest.get(new Place(topic, name))))
                .sorted(Comparator.comparing(Told::at).reversed())
                .map(Told::eventId)
                .toList();
    }
}
