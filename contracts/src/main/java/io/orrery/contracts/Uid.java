package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Tells a platform from another of the same name that was made after it had been removed. */
public record Uid(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Uid of(String value) {
        return new Uid(UUID.fromString(value));
    }

    /** The first eight hex digits, which resource names carry. */
    public String shortForm() {
        return value.toString().substring(0, 8);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
