package io.orrery.reconciler.kafka;

import io.orrery.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The one producer of a service's facts for one term of leadership. Its transactional id is the service's, so that the
 * next leader's {@link #open} makes Kafka itself refuse whatever this one still wants to say.
 */
final class FactProducer implements AutoCloseable {

    /** This producer can tell nothing more: fenced by another leader, or of unknown state. The term is over. */
    static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SpentException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final KafkaProducer<String, byte[]> producer;

    FactProducer(Map<String, Object> kafka, String service) {
        var config = new HashMap<>(kafka);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "orrery." + service);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Fences every former producer of this service. */
    void open() {
        producer.initTransactions();
    }

    /**
     * Sends one record in a transaction of its own and waits until it is committed.
     *
     * @param value null for a tombstone
     * @return the record's offset
     * @throws SpentException if nothing more can be said with this producer
     * @throws KafkaException if this record was not told; the next may be
     */
    synchronized long send(Topic topic, String key, byte[] value, Headers headers) {
        try {
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>(topic.name(), null, null, key, value, headers));
            producer.commitTransaction();
            return acknowledged(sent).offset();
        } catch (KafkaException | IllegalStateException e) {
            abort();
            throw e;
        }
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    /** A fenced producer cannot even abort; neither can one whose commit was left without an answer. */
    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            throw new SpentException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
