package io.orrery.jobtracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Fact;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.sandbox.testkit.TestBackbone;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells facts as the other services do. */
final class TestFacts {

    private TestFacts() {}

    static void tell(TestBackbone backbone, Fact fact) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", backbone.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            var message =
                    new ProducerRecord<>(Topics.of(fact).name(), fact.platform().value(), FactCodec.write(fact));
            message.headers().add("ce_type", fact.typeSince(Optional.empty()).getBytes(UTF_8));
            message.headers().add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
            var sent = producer.send(message);
            producer.flush();
            assertThat(sent).isDone();
        }
    }
}
