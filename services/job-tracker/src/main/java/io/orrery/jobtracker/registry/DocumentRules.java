package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Iso8601;
import io.orrery.jobtracker.model.JobStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What a job document may hold. Properties that are not named here are refused, as the original does. */
final class DocumentRules {

    /** ZooKeeper's paths and the ids themselves: nothing the driver makes comes near. */
    private static final int LONGEST_ID = 255;

    /** Of a name that is repeated in an answer, and of all that is wrong with a document that is named. */
    private static final int LONGEST_NAME = 100;

    private static final int MOST_VIOLATIONS = 100;

    private record Rule(String words, Predicate<JsonNode> admits) {}

    private static final Rule TEXT = new Rule("must be a string", JsonNode::isTextual);
    private static final Rule DATE = new Rule(
            "must be a valid ISO 8601 date string",
            value -> value.isTextual() && Iso8601.instant(value.textValue()).isPresent());
    private static final Rule NUMBER = new Rule("must be a number", JsonNode::isNumber);
    private static final Rule FLAG = new Rule("must be a boolean value", JsonNode::isBoolean);
    private static final Rule OBJECT = new Rule("must be an object", JsonNode::isObject);
    private static final Rule ARRAY = new Rule("must be an array", JsonNode::isArray);
    private static final Rule PROCESS =
            new Rule("must be an object or a string", value -> value.isObject() || value.isTextual());
    private static final Rule STATUS = new Rule(
            "must be one of created, queued, running, finished, error, canceled",
            value -> JobStatus.find(value.asText()).isPresent());
    private static final Rule DECIMAL =
            new Rule("must be a decimal string", value -> value.isTextual() || value.isNumber());

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("job_id", TEXT),
            Map.entry("backend_id", TEXT),
            Map.entry("user_id", TEXT),
            Map.entry("process", PROCESS),
            Map.entry("job_options", OBJECT),
            Map.entry("title", TEXT),
            Map.entry("description", TEXT),
            Map.entry("parent_id", TEXT),
            Map.entry("api_version", TEXT),
            Map.entry("status", STATUS),
            Map.entry("created", DATE),
            Map.entry("updated", DATE),
            Map.entry("started", DATE),
            Map.entry("finished", DATE),
            Map.entry("application_id", TEXT),
            Map.entry("proxy_user", TEXT),
            Map.entry("dependencies", ARRAY),
            Map.entry("dependency_status", TEXT),
            Map.entry("dependency_usage", DECIMAL),
            Map.entry("usage", OBJECT),
            Map.entry("costs", NUMBER),
            Map.entry("input_pixel", NUMBER),
            Map.entry("results_metadata", OBJECT),
            Map.entry("results_metadata_uri", TEXT),
            Map.entry("memory_time_megabyte_seconds", NUMBER),
            Map.entry("cpu_time_seconds", NUMBER),
            Map.entry("links", ARRAY),
            Map.entry("assets", OBJECT),
            Map.entry("unique_process_ids", ARRAY),
            Map.entry("deleted", FLAG));

    private static final List<String> REQUIRED = List.of("job_id", "backend_id", "user_id");

    /** Said once, when the job is made. */
    private static final Set<String> FIXED =
            Set.of("job_id", "backend_id", "user_id", "parent_id", "process", "job_options", "deleted");

    private DocumentRules() {}

    /** The document with the status of a new job, if it names none: whoever searches by status must find it. */
    static ObjectNode completed(ObjectNode document) {
        return document.hasNonNull("status") ? document : document.deepCopy().put("status", JobStatus.CREATED.word());
    }

    /** @throws RegistryException that names everything that is wrong with it */
    static void checkNew(ObjectNode document) {
        var violations = new ArrayList<String>();
        for (var field : REQUIRED) {
            var text = document.hasNonNull(field) ? document.get(field).asText() : "";
            if (text.isEmpty()) {
                violations.add(field + " should not be empty");
            } else if (text.length() > LONGEST_ID) {
                violations.add(field + " must be shorter than or equal to " + LONGEST_ID + " characters");
            } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                violations.add(field + " must be valid Unicode");
            }
        }
        if (document.path("deleted").asBoolean()) {
            violations.add("deleted must not be true");
        }
        checkFields(document, violations);
    }

    /** @throws RegistryException that names everything that is wrong with it */
    static void checkPatch(ObjectNode patch) {
        var violations = new ArrayList<String>();
        patch.fieldNames().forEachRemaining(name -> {
            if (FIXED.contains(name)) {
                violations.add(unknown(name));
            }
        });
        if (patch.has("status") && patch.get("status").isNull()) {
            violations.add("status " + STATUS.words);
        }
        checkFields(patch, violations);
    }

    private static void checkFields(ObjectNode document, List<String> violations) {
        document.properties().forEach(field -> {
            var rule = RULES.get(field.getKey());
            if (rule == null) {
                violations.add(unknown(field.getKey()));
            } else if (!field.getValue().isNull() && !rule.admits.test(field.getValue())) {
                violations.add(field.getKey() + " " + rule.words);
            }
        });
        if (!violations.isEmpty()) {
            throw RegistryException.invalid(violations.subList(0, Math.min(violations.size(), MOST_VIOLATIONS)));
        }
    }

    private static String unknown(String name) {
        return "property " + name.substring(0, Math.min(name.length(), LONGEST_NAME)) + " should not exist";
    }
}
