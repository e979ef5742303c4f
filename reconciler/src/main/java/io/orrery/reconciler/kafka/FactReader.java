package io.orrery.reconciler.kafka;

import io.orrery.contracts.Fact;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Topic;
import io.orrery.contracts.Topics;
import io.orrery.reconciler.facts.FactCodec;
import io.orrery.reconciler.facts.FactTables.Told;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes facts of Kafka records. */
final class FactReader {

    /** The record ought to be understood and cannot be. */
    static final class PoisonException extends Exception {
        private static final long serialVersionUID = 1;

        PoisonException(String cause) {
            super(cause);
        }
    }

    private static final Map<String, Topic> TOPICS =
            Topics.FACTS.stream().collect(Collectors.toUnmodifiableMap(Topic::name, Function.identity()));

    private FactReader() {}

    /** @return empty for a type or version of event that this reader need not know */
    static Optional<Told> read(ConsumerRecord<String, byte[]> message) throws PoisonException {
        var topic = TOPICS.get(message.topic());
        if (!PlatformName.isValid(message.key())) {
            throw new PoisonException("the key is not a platform's name");
        }
        var platform = new PlatformName(message.key());
        var id = CloudEventHeaders.read(message.headers(), "ce_id").orElse("");
        var at = Instant.ofEpochMilli(message.timestamp());
        if (message.value() == null) {
            return Optional.of(new Told(topic, platform, Optional.empty(), message.offset(), id, at));
        }
        var type = CloudEventHeaders.read(message.headers(), "ce_type")
                .orElseThrow(() -> new PoisonException("no CloudEvent: the header ce_type is missing"));
        if (!type.startsWith("orrery.") || !type.endsWith(".v1")) {
            return Optional.empty();
        }
        var fact = decode(topic, message.value());
        if (!fact.platform().equals(platform)) {
            throw new PoisonException("the key says " + platform + " and the payload " + fact.platform());
        }
        return Optional.of(new Told(topic, platform, Optional.of(fact), message.offset(), id, at));
    }

    private static Fact decode(Topic topic, byte[] payload) throws PoisonException {
        try {
            var fact = FactCodec.read(payload, Topics.factOn(topic));
            if (fact == null || fact.platform() == null || fact.uid() == null) {
                throw new PoisonException("the payload lacks platform or uid");
            }
            return fact;
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw new PoisonException("the payload cannot be read: " + firstLine(e.getMessage()));
        }
    }

    /** Jackson's messages go on with an excerpt of the source, which may hold what is not ours to show. */
    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
