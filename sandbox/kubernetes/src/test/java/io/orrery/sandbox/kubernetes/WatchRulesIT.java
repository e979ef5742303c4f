package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("API concepts: efficient detection of changes (watch)")
@OnEachCluster
class WatchRulesIT extends Rules {
    WatchRulesIT(Cluster cluster) {
        super(cluster);
    }

    private static List<String> told(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("type").asText() + " "
                        + event.path("object").path("metadata").path("name").asText())
                .toList();
    }

    /** Everything that a watch tells within a second. */
    private List<JsonNode> watch(String query) {
        return wire.get("/api/v1/namespaces/" + namespace + "/secrets?watch=1&timeoutSeconds=1" + query)
                .events();
    }

    private String secrets() {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    private String make(String name, String labels) {
        return wire.post(
                        secrets(),
                        "{apiVersion: v1, kind: Secret, metadata: {name: " + name + ", labels: " + labels + "}}")
                .revision();
    }

    @Test
    @DisplayName("From a resourceVersion: exactly the events after it, in order")
    void tellsExactlyWhatCameAfter() {
        var first = make("a", "{}");
        make("b", "{}");
        wire.patch(secrets() + "/a", Wire.MERGE, "{stringData: {x: y}}");
        wire.delete(secrets() + "/b");
        assertThat(told(watch("&resourceVersion=" + first))).containsExactly("ADDED b", "MODIFIED a", "DELETED b");
    }

    @Test
    @DisplayName("Without a resourceVersion, and from 0: what exists comes first, as ADDED")
    void beginsWithWhatExists() {
        make("a", "{}");
        make("b", "{}");
        assertThat(told(watch(""))).containsExactlyInAnyOrder("ADDED a", "ADDED b");
        assertThat(told(watch("&resourceVersion=0"))).containsExactlyInAnyOrder("ADDED a", "ADDED b");
    }

    @Test
    @DisplayName("Selectors: an object that begins to match is ADDED, one that ceases to is DELETED")
    void tellsObjectsThatLeaveTheSelectionAsDeleted() {
        var start = make("a", "{in: 'no'}");
        wire.patch(secrets() + "/a", Wire.MERGE, "{metadata: {labels: {in: 'yes'}}}");
        wire.patch(secrets() + "/a", Wire.MERGE, "{metadata: {labels: {in: 'no'}}}");
        var events = watch("&labelSelector=in%3Dyes&resourceVersion=" + start);
        assertThat(told(events)).containsExactly("ADDED a", "DELETED a");
    }

    @Test
    @DisplayName("A deletion carries the revision of the deletion")
    void tellsTheRevisionOfTheDeletion() {
        var made = make("a", "{}");
        wire.delete(secrets() + "/a");
        var revision = watch("&resourceVersion=" + made)
                .getFirst()
                .path("object")
                .path("metadata")
                .path("resourceVersion")
                .asLong();
        assertThat(revision).isGreaterThan(Long.parseLong(made));
    }

    @Test
    @DisplayName("sendInitialEvents: what exists, then a bookmark that says so")
    void marksTheEndOfInitialEvents() {
        make("a", "{}");
        var events = watch("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        assertThat(told(events.subList(0, 1))).containsExactly("ADDED a");
        var mark = events.get(1);
        assertThat(mark.path("type").asText()).isEqualTo("BOOKMARK");
        assertThat(mark.path("object")
                        .path("metadata")
                        .path("annotations")
                        .path("k8s.io/initial-events-end")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    @DisplayName("A single object is watched by the field selector metadata.name")
    void watchesOneObject() {
        make("a", "{}");
        make("b", "{}");
        assertThat(told(watch("&fieldSelector=metadata.name%3Db"))).containsExactly("ADDED b");
    }
}
