package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.reconciler.facts.FactCodec;
import java.io.IOException;

/** Documents and jobs to JSON and back, with every number as it came: more digits than a double holds are kept. */
public final class JobCodec {

    private static final JsonMapper MAPPER = FactCodec.mapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JobCodec() {}

    /** @throws RegistryException 400 if it is not a JSON object in UTF-8 */
    public static ObjectNode readDocument(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode document) {
                return document;
            }
        } catch (IOException e) {
            throw RegistryException.badRequest("the body is no JSON: " + firstLine(e));
        }
        throw RegistryException.badRequest("the body is no JSON object");
    }

    /** Half of a surrogate pair, which has no UTF-8, is written as an escape. */
    public static byte[] write(Job job) {
        return bytes(job);
    }

    public static byte[] write(JsonNode node) {
        return bytes(node);
    }

    public static Job read(byte[] stored) throws IOException {
        return MAPPER.readValue(stored, Job.class);
    }

    private static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What follows in Jackson's messages is an excerpt of the source and of class names. */
    private static String firstLine(IOException e) {
        return e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
    }
}
