package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A message that a reader ought to have understood and could not, put aside on {@link Topics#DEAD_LETTERS}.
 *
 * @param reader the service that could not read it
 * @param cause what was wrong with it, for people
 * @param payload base64, at most the first 64 KiB; null for a message without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
        String topic, int partition, long offset, String key, String reader, String cause, String payload, Instant at) {

    public static final String TYPE = "orrery.message.rejected.v1";

    /** The record's key: the same bad message, met by several readers or twice by one, is told under one key. */
    public String id() {
        return topic + "/" + partition + "/" + offset;
    }
}
