package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Job;
import io.orrery.reconciler.facts.FactCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Documents and jobs to JSON and back, with every number as it came: more digits than a double holds are kept. What
 * clients post is read strictly; what is stored has been through that.
 */
public final class JobCodec {

    private static final JsonMapper MAPPER = FactCodec.mapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** One of many values. */
    private static final ObjectReader VALUE = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Half of what {@link #MAPPER} takes: stored, a document is an object deeper, and a number may be written longer. */
    private static final int DEEPEST = 500;

    private static final int MOST_DIGITS = 500;

    private static final ObjectReader STRICT = MAPPER.reader()
            .with(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(MOST_DIGITS)
                            .build())
                    .build())
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private JobCodec() {}

    /**
     * What a client has sent.
     *
     * @throws RegistryException 400 if it is not one JSON object in UTF-8, says a field twice, is nested deeper than
     *     {@value #DEEPEST}, or has a number of more than {@value #MOST_DIGITS} digits
     */
    public static ObjectNode readPosted(byte[] body) {
        try {
            return object(STRICT.readTree(decoded(body)));
        } catch (NumberFormatException e) {
            throw RegistryException.badRequest("the body has a number whose exponent is too large");
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** @throws RegistryException 400 if it is not a JSON object */
    public static ObjectNode readDocument(byte[] body) {
        try {
            return object(MAPPER.readTree(body));
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /**
     * The fields of these names of a document that stands at the beginning of {@code written}, before {@code end}. The rest
     * is passed over, from the last of them on not even that.
     */
    static ObjectNode readFields(byte[] written, int end, Set<String> names) {
        var document = MAPPER.createObjectNode();
        try (var parser = MAPPER.createParser(written, 0, end)) {
            parser.nextToken();
            while (document.size() < names.size() && parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                if (names.contains(name)) {
                    document.set(name, VALUE.readTree(parser));
                } else {
                    parser.skipChildren();
                }
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** What stands in memory from {@code offset} on. */
    static Job read(byte[] written, int offset) {
        try {
            return MAPPER.readValue(written, offset, written.length - offset, Job.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Jackson alone passes over some sequences that are no UTF-8, and guesses other encodings. */
    private static Reader decoded(byte[] body) {
        return new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode document) {
            return document;
        }
        throw RegistryException.badRequest("the body is no JSON object");
    }

    private static RegistryException notJson(IOException e) {
        return RegistryException.badRequest(
                switch (e) {
                    case CharacterCodingException encoding -> "the body is not in UTF-8: " + encoding.getMessage();
                    case JsonProcessingException json -> "the body is no JSON: " + json.getOriginalMessage();
                    default -> "the body cannot be read";
                });
    }
}
