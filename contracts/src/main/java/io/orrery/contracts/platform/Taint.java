package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A node's taint, written as kubectl and RKE2 write it: {@code key=value:NoSchedule}, or {@code key:NoSchedule}. */
public record Taint(String key, String value, Effect effect) {

    static final String PATTERN = Shape.QUALIFIED
            + "(=([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?)?:(NoSchedule|PreferNoSchedule|NoExecute)";

    private static final Pattern TEXT = Pattern.compile(PATTERN);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Taint parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("a taint is written as key=value:NoSchedule");
        }
        var colon = text.lastIndexOf(':');
        var equals = text.indexOf('=');
        var key = text.substring(0, equals < 0 ? colon : equals);
        var value = equals < 0 ? "" : text.substring(equals + 1, colon);
        return new Taint(key, value, Effect.of(text.substring(colon + 1)));
    }

    @Override
    @JsonValue
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect.text;
    }

    /** What happens to pods that do not tolerate the taint. */
    public enum Effect {
        @JsonProperty("NoSchedule")
        NO_SCHEDULE("NoSchedule"),
        @JsonProperty("PreferNoSchedule")
        PREFER_NO_SCHEDULE("PreferNoSchedule"),
        @JsonProperty("NoExecute")
        NO_EXECUTE("NoExecute");

        private final String text;

        Effect(String text) {
            this.text = text;
        }

        /** As Kubernetes writes it. */
        public String text() {
            return text;
        }

        private static Effect of(String text) {
            for (var effect : values()) {
                if (effect.text.equals(text)) {
                    return effect;
                }
            }
            throw new IllegalArgumentException("not an effect of a taint: " + text);
        }
    }
}
