package io.orrery.reconciler.kafka;

import io.orrery.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
public final class FactProducer implements AutoCloseable {

    /** This producer can tell nothing more: fenced by another leader, or of unknown state. The term is over. */
    public static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SpentException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final KafkaProducer<String, byte[]> producer;

    /**
     * @param kafka settings of the Kafka client, bootstrap servers at least
     * @param teller whoever else is made with the same name is fenced by {@link #open}
     */
    public FactProducer(Map<String, Object> kafka, String teller) {
        var config = new HashMap<>(kafka);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "orrery." + teller);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /** Fences every former producer of this name; what one of them had not committed is gone. */
    public void open() {
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
    long send(Topic topic, String key, byte[] value, Headers headers) {
        return send(List.of(new ProducerRecord<>(topic.name(), null, null, key, value, headers)));
    }

    /**
     * Sends the records, at least one, in one transaction and waits until it is committed: all of them stand then, or
     * none.
     *
     * @return the last one's offset
     * @throws SpentException if nothing more can be said with this producer; they may stand or not
     * @throws KafkaException if they were not told; the next may be
     */
    public synchronized long send(List<ProducerRecord<String, byte[]>> records) {
        try {
            producer.beginTransaction();
            var sent = records.stream().map(producer::send).toList();
            producer.commitTransaction();
            return acknowledged(sent.getLast()).offset();
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
