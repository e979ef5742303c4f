package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A platform's name: a DNS label (RFC 1123) of 3 to 40 characters, so that every resource name made from it is one too. */
public record PlatformName(@JsonValue String value) implements Comparable<PlatformName> {

    public static final String PATTERN = "[a-z0-9]([-a-z0-9]{1,38}[a-z0-9])";

    private static final Pattern LABEL = Pattern.compile(PATTERN);

    public PlatformName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a DNS label of 3 to 40 characters: " + value);
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PlatformName of(String value) {
        return new PlatformName(value);
    }

    public static boolean isValid(String value) {
        return value != null && LABEL.matcher(value).matches();
    }

    @Override
    public int compareTo(PlatformName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
