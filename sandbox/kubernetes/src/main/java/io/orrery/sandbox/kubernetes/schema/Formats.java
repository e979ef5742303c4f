package io.orrery.sandbox.kubernetes.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/** The string formats that schemas in the field use; others are not checked, as upstream ignores unknown ones. */
final class Formats {
    private Formats() {}

    static boolean matches(String format, String text) {
        return switch (format) {
            case "date-time" -> isDateTime(text);
            case "uri" -> isUri(text);
            case "uuid" -> isUuid(text);
            default -> true;
        };
    }

    private static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).getScheme() != null || text.startsWith("/");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
