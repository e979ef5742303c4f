package io.orrery.sparkdeployer.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orrery.sparkdeployer.model.Catalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads layer catalogues as openEO would, before openEO has to: a bad one keeps its web application from starting. */
public final class Catalogues {

    /** openEO would not start with this catalogue, or not offer what it says. */
    public static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1;

        InvalidException(String message, Throwable cause) {
            super(message, cause);
        }

        InvalidException(List<String> faults) {
            super(shown(faults), null);
        }
    }

    /** A person mends a few faults at a time; a condition is no place for a thousand. */
    private static final int SHOWN = 5;

    private static final int MAX_DEPTH = 100;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
    }

    private Catalogues() {}

    /** Of the collections that stand in the document. */
    public static Catalogue of(List<Map<String, Object>> collections) throws InvalidException {
        try {
            return checked(
                    Catalogue.INLINE,
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(collections),
                    JSON.valueToTree(collections));
        } catch (JsonProcessingException e) {
            throw new InvalidException("the collections cannot be written as JSON", e);
        }
    }

    /** Of a file; its text is kept as it is. */
    public static Catalogue of(String source, String json) throws InvalidException {
        try {
            return checked(source, json, JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new InvalidException("the catalogue is not JSON: " + e.getOriginalMessage() + place(e), e);
        }
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static Catalogue checked(String source, String json, JsonNode tree) throws InvalidException {
        if (!tree.isArray()) {
            throw new InvalidException(List.of("the catalogue is not a JSON array of collections"));
        }
        var findings = new Findings();
        var ids = ids(tree, findings);
        for (var i = 0; i < tree.size(); i++) {
            if (tree.get(i).isObject()) {
                CollectionCheck.check(name(tree.get(i), i), tree.get(i), findings);
            }
        }
        commonNames(tree, ids, findings);
        if (!findings.faults.isEmpty()) {
            throw new InvalidException(findings.faults);
        }
        return new Catalogue(source, json, ids, findings.remarks);
    }

    /** openEO does not start with a collection that has no id, and of two with one id it silently takes the last. */
    private static List<String> ids(JsonNode tree, Findings findings) {
        var first = new HashMap<String, Integer>();
        var ids = new ArrayList<String>();
        for (var i = 0; i < tree.size(); i++) {
            var id = tree.get(i).path("id");
            if (!tree.get(i).isObject()) {
                findings.fault("entry " + i, "is not an object");
            } else if (!id.isTextual() || id.asText().isBlank()) {
                findings.fault("entry " + i, "has no id");
            } else if (first.putIfAbsent(id.asText(), i) != null) {
                findings.fault(id.asText(), "is the id of entries " + first.get(id.asText()) + " and " + i);
            } else {
                ids.add(id.asText());
            }
        }
        return ids;
    }

    /** openEO makes a virtual collection of each common name; one that is an id already would hide that collection. */
    private static void commonNames(JsonNode tree, List<String> ids, Findings findings) {
        for (var collection : tree) {
            var common = collection.path("common_name").asText("");
            var id = collection.path("id").asText("");
            if (!common.isEmpty() && !common.equals(id) && ids.contains(common)) {
                findings.remark(id, "has the common_name " + common + ", which is another collection's id");
            }
        }
    }

    private static String name(JsonNode collection, int index) {
        return collection.path("id").asText("entry " + index);
    }

    private static String shown(List<String> faults) {
        var some = String.join("; ", faults.subList(0, Math.min(SHOWN, faults.size())));
        return faults.size() > SHOWN ? some + "; and " + (faults.size() - SHOWN) + " more" : some;
    }

    /** What is wrong (openEO fails), and what is odd (openEO warns, or does something that nobody expects). */
    static final class Findings {
        private final List<String> faults = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();

        void fault(String collection, String what) {
            faults.add(collection + " " + what);
        }

        void remark(String collection, String what) {
            remarks.add(collection + " " + what);
        }
    }
}
