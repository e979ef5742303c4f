package io.orrery.contracts.platform;

import io.orrery.contracts.PlatformName;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The types that a document says as text, and their texts. */
final class TextTypes {

    private static final Map<Class<?>, Form.Text> TYPES = new HashMap<>();

    static {
        put(String.class, "text", null, null, text -> text);
        put(
                PlatformName.class,
                "a DNS label of 3 to 40 characters",
                PlatformName.PATTERN,
                null,
                refusing(
                        PlatformName::of,
                        "not a DNS label of 3 to 40 characters (lower case letters, digits, dashes)"));
        put(Cidr.class, "a range such as 10.20.0.0/24", "[0-9A-Fa-f:.]+/[0-9]{1,3}", null, Cidr::parse);
        put(InetAddress.class, "an IP address", "[0-9A-Fa-f:.]+", null, Addresses::parse);
        put(URI.class, "an absolute URL", null, "uri", TextTypes::absolute);
        put(Duration.class, "a time such as 90d, 12h or 30m", Durations.PATTERN, null, Durations::parse);
        put(Memory.class, "an amount of memory such as 4g", Memory.PATTERN, null, Memory::parse);
        put(Taint.class, "a taint such as key=value:NoSchedule", Taint.PATTERN, null, Taint::parse);
        put(Cron.class, "a cron expression such as */5 * * * *", null, null, Cron::parse);
    }

    static Optional<Form.Text> find(Class<?> type) {
        return Optional.ofNullable(TYPES.get(type));
    }

    static String write(Object value) {
        return switch (value) {
            case InetAddress address -> address.getHostAddress();
            case Duration duration -> Durations.write(duration);
            default -> value.toString();
        };
    }

    private static void put(
            Class<?> type, String expected, String pattern, String format, Function<String, Object> parse) {
        TYPES.put(type, new Form.Text(expected, Optional.ofNullable(pattern), Optional.ofNullable(format), parse));
    }

    private static Function<String, Object> refusing(Function<String, Object> parse, String message) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(message, refused);
            }
        };
    }

    private static Object absolute(String text) {
        try {
            var uri = URI.create(text);
            if (uri.isAbsolute() && !uri.isOpaque() && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("not a URL", malformed);
        }
        throw new IllegalArgumentException("a URL must be absolute and without user or password");
    }

    private TextTypes() {}
}
