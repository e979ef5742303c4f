package io.orrery.reconciler.facts;

import io.orrery.contracts.Fact;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topic;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactTables.Told;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Tells to tables in the same process, without Kafka: for several stages run together, as tests and dry runs do. */
public final class LocalTeller implements Facts.Teller {

    private final FactTables tables;
    private final Clock clock;
    private long offset;

    public LocalTeller(FactTables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    @Override
    public synchronized void tell(Fact fact) {
        var topic = Topics.of(fact);
        var former = tables.newest(topic, fact.platform());
        var news = former.isEmpty() ? Optional.of(fact) : News.since(former.get(), fact);
        news.ifPresent(told -> apply(topic, told.platform(), Optional.of(told)));
    }

    @Override
    public synchronized void forget(Topic topic, PlatformName platform) {
        apply(topic, platform, Optional.empty());
    }

    private void apply(Topic topic, PlatformName platform, Optional<Fact> fact) {
        tables.apply(new Told(topic, platform, fact, offset++, UUID.randomUUID().toString(), clock.instant()));
    }
}
