package io.orrery.jobtracker.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.model.Iso8601;
import io.orrery.jobtracker.model.Job;
import io.orrery.jobtracker.model.JobStatus;
import io.orrery.jobtracker.model.Transition;
import io.orrery.jobtracker.registry.JobCodec;
import io.orrery.jobtracker.registry.RegistryException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A job as openEO's driver kept it in ZooKeeper before it had a registry: a node {@code <user>/<job>} of JSON, with the
 * process graph and the options as a text within it, and in old ones with results at the top level. The driver's last
 * version with it wrote what is read here.
 */
public final class LegacyNode {

    static final String BY = "import";

    private static final Set<String> TAKEN_AS_IT_IS = Set.of(
            "job_id",
            "user_id",
            "api_version",
            "application_id",
            "created",
            "updated",
            "started",
            "finished",
            "title",
            "description",
            "dependencies",
            "dependency_status",
            "dependency_usage",
            "results_metadata_uri",
            "usage",
            "costs",
            "proxy_user",
            "memory_time_megabyte_seconds",
            "cpu_time_seconds");

    private static final Set<String> OF_THE_RESULTS = Set.of(
            "geometry",
            "bbox",
            "start_datetime",
            "end_datetime",
            "instruments",
            "epsg",
            "links",
            "proj:shape",
            "proj:bbox");

    /** What stands for a specification that was too large for a node; the rest of it is lost. */
    private static final String STRIPPED = "<ZkStrippedSpecification>";

    private LegacyNode() {}

    /**
     * The job in today's words.
     *
     * @param text of the node
     * @param now stands for the times that the node does not say
     * @throws RegistryException 400 with the reason, if it cannot be read
     */
    public static Job read(byte[] text, String backendId, Instant now) {
        var node = JobCodec.readDocument(text);
        var status = status(node);
        var document = node.objectNode().put("backend_id", backendId).put("status", status.word());
        TAKEN_AS_IT_IS.stream().filter(node::has).forEach(field -> document.set(field, node.get(field)));
        addResults(node, document);
        addSpecification(node.path("specification").asText(""), document);
        var created = instant(node, "created").orElse(now);
        var job = new Job(
                document,
                List.of(new Transition(JobStatus.CREATED, created, BY, 0, Optional.empty())),
                Optional.empty());
        return status == JobStatus.CREATED
                ? job
                : job.moved(document, status, instant(node, "updated").orElse(created), BY, Optional.empty());
    }

    private static JobStatus status(ObjectNode node) {
        var word = node.path("status").asText();
        return JobStatus.find(word.equals("submitted") ? "created" : word)
                .orElseThrow(() -> RegistryException.badRequest("no job is ever '" + word + "'"));
    }

    private static void addResults(ObjectNode node, ObjectNode document) {
        var results = node.objectNode();
        OF_THE_RESULTS.stream().filter(node::hasNonNull).forEach(field -> results.set(field, node.get(field)));
        if (!results.isEmpty()) {
            document.set("results_metadata", results);
        }
    }

    private static void addSpecification(String specification, ObjectNode document) {
        if (specification.isEmpty() || specification.startsWith(STRIPPED)) {
            return;
        }
        var parts = JobCodec.readDocument(specification.getBytes(UTF_8));
        document.putObject("process").set("process_graph", parts.path("process_graph"));
        Optional.ofNullable(parts.get("job_options"))
                .filter(JsonNode::isObject)
                .ifPresent(options -> document.set("job_options", options));
    }

    private static Optional<Instant> instant(ObjectNode node, String field) {
        return Optional.ofNullable(node.get(field))
                .filter(JsonNode::isTextual)
                .flatMap(it -> Iso8601.instant(it.textValue()));
    }
}
