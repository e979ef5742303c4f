package io.orrery.reconciler.kafka;

import io.orrery.contracts.Fact;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topic;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.FactTables;
import io.orrery.reconciler.facts.FactTables.Told;
import io.orrery.reconciler.facts.Facts.NotLeaderException;
import io.orrery.reconciler.facts.Facts.Teller;
import io.orrery.reconciler.facts.News;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tells facts while this replica leads. One at a time: what is compared with the last told is told before the next. */
public final class LeaderTeller implements Teller {

    private static final Logger LOG = Logger.getLogger(LeaderTeller.class);

    private final FactTables tables;
    private final Clock clock;
    private final Map<String, Object> kafka;
    private final String service;
    private Optional<FactProducer> producer = Optional.empty();
    private Runnable resign = () -> {};

    /** @param kafka settings of the Kafka client, bootstrap servers at least */
    public LeaderTeller(FactTables tables, Map<String, Object> kafka, String service, Clock clock) {
        this.tables = tables;
        this.kafka = Map.copyOf(kafka);
        this.service = service;
        this.clock = clock;
    }

    /**
     * Begins a term: from here on a former leader of this service can tell nothing more.
     *
     * @param whenSpent is called when this one, in turn, can tell nothing more
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public void begin(Runnable whenSpent) {
        var opened = new FactProducer(kafka, service);
        try {
            opened.open();
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        synchronized (this) {
            producer = Optional.of(opened);
            resign = whenSpent;
        }
    }

    /** Ends the term; does nothing if there is none. */
    public synchronized void end() {
        producer.ifPresent(FactProducer::close);
        producer = Optional.empty();
    }

    @Override
    public synchronized void tell(Fact fact) {
        var topic = Topics.of(fact);
        var former = tables.newest(topic, fact.platform());
        var news = former.isEmpty() ? Optional.of(fact) : News.since(former.get(), fact);
        news.ifPresent(told -> {
            var type = told.typeSince(former);
            send(topic, told.platform(), Optional.of(told), type);
            LOG.infof("told %s of %s", type, told.platform());
        });
    }

    @Override
    public synchronized void forget(Topic topic, PlatformName platform) {
        if (tables.newest(topic, platform).isPresent()) {
            send(topic, platform, Optional.empty(), "orrery.record.forgotten.v1");
        }
    }

    private void send(Topic topic, PlatformName platform, Optional<Fact> fact, String type) {
        var leader = producer.orElseThrow(() -> new NotLeaderException("this replica does not lead"));
        var id = UUID.randomUUID().toString();
        var now = clock.instant();
        var headers = CloudEventHeaders.of(id, type, "/orrery/" + service, platform.value(), now);
        try {
            var payload = fact.map(FactCodec::write).orElse(null);
            var offset = leader.send(topic, platform.value(), payload, headers);
            tables.apply(new Told(topic, platform, fact, offset, id, now));
        } catch (FactProducer.SpentException e) {
            end();
            resign.run();
            throw new NotLeaderException("this replica leads no more", e);
        }
    }
}
