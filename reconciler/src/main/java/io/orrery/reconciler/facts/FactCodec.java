package io.orrery.reconciler.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orrery.contracts.Incidental;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Contract records to JSON and back. Unknown fields are skipped: an older reader meets a newer teller. */
public final class FactCodec {

    private static final ObjectMapper WHOLE = mapper().build();

    private static final ObjectMapper ESSENCE =
            mapper().annotationIntrospector(new WithoutIncidentals()).build();

    private FactCodec() {}

    /** A mapper with the settings of everything that is said on Kafka. */
    public static JsonMapper.Builder mapper() {
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
    }

    public static byte[] write(Object value) {
        try {
            return WHOLE.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @throws IOException if the bytes are not JSON, or not of this type */
    public static <T> T read(byte[] bytes, Class<T> type) throws IOException {
        return WHOLE.readValue(bytes, type);
    }

    static JsonNode whole(Object value) {
        return WHOLE.valueToTree(value);
    }

    /** The value without its {@link Incidental} parts: what decides whether it is news. */
    static JsonNode essence(Object value) {
        return ESSENCE.valueToTree(value);
    }

    static <T> T fromTree(JsonNode tree, Class<T> type) {
        try {
            return WHOLE.treeToValue(tree, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class WithoutIncidentals extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public boolean hasIgnoreMarker(AnnotatedMember member) {
            return member.hasAnnotation(Incidental.class) || super.hasIgnoreMarker(member);
        }
    }
}
