package io.orrery.jobtracker.events;

import io.orrery.contracts.JobEvent;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.kafka.CloudEventHeaders;
import io.orrery.reconciler.kafka.FactProducer;
import io.orrery.reconciler.runtime.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code orrery.jobs}. Each event stands there exactly once, whenever a leader is killed or replaced: events are told in
 * transactions, a new term fences the former one's producer, and only then reads what stands.
 */
@ApplicationScoped
class KafkaJobTopic implements JobTopic {

    private final Map<String, Object> kafka;
    private final String service;
    private final Clock clock;

    KafkaJobTopic(
            @KafkaSettings Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String service,
            Clock clock) {
        this.kafka = kafka;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public Term begin() throws InterruptedException {
        var producer = new FactProducer(kafka, service + ".jobs");
        try {
            producer.open();
            return new KafkaTerm(producer, ToldJobs.read(kafka));
        } catch (InterruptedException | RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    private final class KafkaTerm implements Term {

        private final FactProducer producer;
        private final Map<String, Long> told;

        KafkaTerm(FactProducer producer, Map<String, Long> told) {
            this.producer = producer;
            this.told = told;
        }

        @Override
        public long told(String key) {
            return told.getOrDefault(key, 0L);
        }

        @Override
        public void tell(List<JobEvent> events) {
            try {
                producer.send(events.stream().map(KafkaJobTopic.this::message).toList());
            } catch (FactProducer.SpentException e) {
                throw new TermOverException(e);
            }
            events.forEach(event -> told.put(event.about().key(), event.about().sequence()));
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private ProducerRecord<String, byte[]> message(JobEvent event) {
        var about = event.about();
        var headers = CloudEventHeaders.of(
                UUID.randomUUID().toString(),
                event.type(),
                "/orrery/" + service,
                about.platform().value(),
                clock.instant());
        return new ProducerRecord<>(Topics.JOBS.name(), null, null, about.key(), FactCodec.write(event), headers);
    }
}
