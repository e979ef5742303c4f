package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.registry.Served;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The columns of {@code kubectl get}: those of the kinds people look at, and those that definitions bring. */
final class Columns {
    private static final Configuration PATHS = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    /**
     * A column and what is in it.
     *
     * @param priority above 0 for columns that only {@code -o wide} shows
     */
    record Column(String name, String type, String format, int priority, Function<JsonNode, JsonNode> cell) {}

    private final List<Column> columns = new ArrayList<>();

    private Columns() {}

    static List<Column> of(Served served) {
        var columns = new Columns();
        columns.add(
                "Name", "string", "name", 0, object -> object.path("metadata").path("name"));
        served.custom()
                .ifPresentOrElse(
                        custom -> custom.columns().forEach(columns::add),
                        () -> columns.addBuiltIn(served.type().qualifiedPlural()));
        return List.copyOf(columns.columns);
    }

    private void addBuiltIn(String resource) {
        switch (resource) {
            case "pods" ->
                text("Ready", Cells::podReady)
                        .text("Status", Cells::podStatus)
                        .path("Restarts", ".status.containerStatuses[0].restartCount")
                        .age()
                        .wide("IP", ".status.podIP")
                        .wide("Node", ".spec.nodeName");
            case "nodes" ->
                text("Status", Cells::nodeStatus)
                        .text("Roles", Cells::nodeRoles)
                        .age()
                        .path("Version", ".status.nodeInfo.kubeletVersion")
                        .wide("Internal-IP", ".status.addresses[?(@.type=='InternalIP')].address");
            case "deployments.apps" ->
                text("Ready", Cells::replicasReady)
                        .count("Up-to-date", ".status.updatedReplicas")
                        .count("Available", ".status.availableReplicas")
                        .age();
            case "replicasets.apps" ->
                count("Desired", ".spec.replicas")
                        .count("Current", ".status.replicas")
                        .count("Ready", ".status.readyReplicas")
                        .age();
            case "statefulsets.apps" -> text("Ready", Cells::replicasReady).age();
            case "daemonsets.apps" ->
                count("Desired", ".status.desiredNumberScheduled")
                        .count("Current", ".status.currentNumberScheduled")
                        .count("Ready", ".status.numberReady")
                        .count("Up-to-date", ".status.updatedNumberScheduled")
                        .count("Available", ".status.numberAvailable")
                        .age();
            case "services" ->
                path("Type", ".spec.type")
                        .path("Cluster-IP", ".spec.clusterIP")
                        .text("External-IP", Cells::externalAddress)
                        .text("Port(s)", Cells::ports)
                        .age();
            case "namespaces" -> path("Status", ".status.phase").age();
            case "jobs.batch" ->
                text("Status", Cells::jobStatus)
                        .text("Completions", Cells::completions)
                        .age();
            case "configmaps" ->
                text("Data", object -> Integer.toString(object.path("data").size()))
                        .age();
            case "secrets" ->
                path("Type", ".type")
                        .text(
                                "Data",
                                object -> Integer.toString(object.path("data").size()))
                        .age();
            case "persistentvolumeclaims" ->
                path("Status", ".status.phase")
                        .path("Volume", ".spec.volumeName")
                        .path("Capacity", ".status.capacity.storage")
                        .path("StorageClass", ".spec.storageClassName")
                        .age();
            case "events" ->
                age("Last Seen", ".lastTimestamp")
                        .path("Type", ".type")
                        .path("Reason", ".reason")
                        .text("Object", Cells::eventObject)
                        .path("Message", ".message");
            default -> path("Created At", ".metadata.creationTimestamp");
        }
    }

    private void add(String name, String type, String format, int priority, Function<JsonNode, JsonNode> cell) {
        columns.add(new Column(name, type, format, priority, cell));
    }

    private void add(Served.Column column) {
        Function<JsonNode, JsonNode> cell = column.type().equals("date")
                ? object -> aged(at(object, column.jsonPath()))
                : object -> at(object, column.jsonPath());
        add(column.name(), column.type(), column.format(), column.priority(), cell);
    }

    private Columns text(String name, Function<JsonNode, String> cell) {
        add(name, "string", "", 0, object -> Json.object().textNode(cell.apply(object)));
        return this;
    }

    private Columns path(String name, String path) {
        add(name, "string", "", 0, object -> at(object, path));
        return this;
    }

    private Columns wide(String name, String path) {
        add(name, "string", "", 1, object -> at(object, path));
        return this;
    }

    private Columns count(String name, String path) {
        add(name, "integer", "", 0, object -> Json.object()
                .numberNode(at(object, path).asInt()));
        return this;
    }

    private Columns age() {
        return age("Age", ".metadata.creationTimestamp");
    }

    private Columns age(String name, String path) {
        add(name, "string", "", 0, object -> aged(at(object, path)));
        return this;
    }

    private static JsonNode aged(JsonNode time) {
        return Json.object().textNode(Json.isAbsent(time) ? "<unknown>" : Age.since(time.asText(), Instant.now()));
    }

    /** Null where nothing is found; the first of many. */
    private static JsonNode at(JsonNode object, String path) {
        try {
            JsonNode found = JsonPath.using(PATHS).parse(object).read("$" + path);
            var first = found != null && found.isArray() && path.contains("?") ? found.get(0) : found;
            return first == null ? Json.object().nullNode() : first;
        } catch (InvalidPathException e) {
            return Json.object().nullNode();
        }
    }
}
