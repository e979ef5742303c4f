package io.orrery.reconciler.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** CloudEvents 1.0 in Kafka's binary mode: the attributes are headers, the payload is the data alone. */
public final class CloudEventHeaders {

    private CloudEventHeaders() {}

    public static Headers of(String id, String type, String source, String subject, Instant time) {
        var headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_type", type);
        put(headers, "ce_source", source);
        put(headers, "ce_subject", subject);
        put(headers, "ce_time", time.toString());
        put(headers, "content-type", "application/json");
        GlobalOpenTelemetry.getPropagators()
                .getTextMapPropagator()
                .inject(Context.current(), headers, CloudEventHeaders::put);
        return headers;
    }

    static Optional<String> read(Headers headers, String attribute) {
        return Optional.ofNullable(headers.lastHeader(attribute)).map(header -> new String(header.value(), UTF_8));
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }
}
