package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("API concepts: retrieving large results in chunks, selectors, resource versions")
@OnEachCluster
class ListRulesIT extends Rules {
    ListRulesIT(Cluster cluster) {
        super(cluster);
    }

    private String secrets() {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    private static List<String> names(Wire.Reply reply) {
        return StreamSupport.stream(reply.json().path("items").spliterator(), false)
                .map(item -> item.path("metadata").path("name").asText())
                .toList();
    }

    @BeforeEach
    void makeFive() {
        for (var name : List.of("a", "b", "c", "d", "e")) {
            wire.post(secrets(), """
                    {apiVersion: v1, kind: Secret, metadata: {name: %1$s, labels: {name: %1$s, %2$s: x}}, type: example.org/%1$s}""".formatted(name, name.compareTo("c") < 0 ? "early" : "late"));
        }
    }

    @Test
    @DisplayName("limit and continue: pages of one snapshot, with the count of what remains")
    void pagesAreOfOneSnapshot() {
        var first = wire.get(secrets() + "?limit=2");
        assertThat(names(first)).containsExactly("a", "b");
        assertThat(first.json().path("metadata").path("remainingItemCount").asInt())
                .isEqualTo(3);
        wire.delete(secrets() + "/d");
        var token = first.json().path("metadata").path("continue").asText();
        var second = wire.get(secrets() + "?limit=10&continue=" + token);
        assertThat(names(second)).containsExactly("c", "d", "e");
        assertThat(second.revision()).isEqualTo(first.revision());
        assertThat(second.json().path("metadata").has("continue")).isFalse();
    }

    @Test
    @DisplayName("resourceVersionMatch=Exact: the list as it was")
    void showsThePast() {
        var then = wire.get(secrets()).revision();
        wire.delete(secrets() + "/a");
        var past = wire.get(secrets() + "?resourceVersionMatch=Exact&limit=10&resourceVersion=" + then);
        assertThat(names(past)).contains("a");
        assertThat(past.revision()).isEqualTo(then);
    }

    @Test
    @DisplayName("Label selectors: =, !=, in, notin, exists and not; the negative ones match objects without the label")
    void selectsByLabel() {
        assertThat(names(wire.get(secrets() + "?labelSelector=name%3Da"))).containsExactly("a");
        assertThat(names(wire.get(secrets() + "?labelSelector=name!%3Da"))).containsExactly("b", "c", "d", "e");
        assertThat(names(wire.get(secrets() + "?labelSelector=name%20in%20(a,b)")))
                .containsExactly("a", "b");
        assertThat(names(wire.get(secrets() + "?labelSelector=name%20notin%20(a,b),late")))
                .containsExactly("c", "d", "e");
        assertThat(names(wire.get(secrets() + "?labelSelector=early"))).containsExactly("a", "b");
        assertThat(names(wire.get(secrets() + "?labelSelector=!early"))).containsExactly("c", "d", "e");
        assertThat(names(wire.get(secrets() + "?labelSelector=nothing!%3Dx"))).hasSize(5);
    }

    @Test
    @DisplayName("Field selectors: metadata.name everywhere, type for secrets")
    void selectsByField() {
        assertThat(names(wire.get(secrets() + "?fieldSelector=metadata.name%3Dc")))
                .containsExactly("c");
        assertThat(names(wire.get(secrets() + "?fieldSelector=type%3Dexample.org/d")))
                .containsExactly("d");
        assertThat(names(wire.get(secrets() + "?fieldSelector=type!%3Dexample.org/d")))
                .containsExactly("a", "b", "c", "e");
    }

    @Test
    @DisplayName("A list at a revision that is yet to come is 504 with ResourceVersionTooLarge")
    void refusesTheFuture() {
        var reply = wire.get(secrets() + "?resourceVersion=999999999999");
        assertThat(reply.code()).isEqualTo(504);
        assertThat(reply.json()
                        .path("details")
                        .path("causes")
                        .get(0)
                        .path("reason")
                        .asText())
                .isEqualTo("ResourceVersionTooLarge");
    }

    @Test
    @DisplayName("meta.k8s.io/v1: lists as Table and as PartialObjectMetadataList")
    void showsOtherForms() {
        var table = wire.getAs("application/json;as=Table;v=v1;g=meta.k8s.io", secrets());
        assertThat(table.json().path("kind").asText()).isEqualTo("Table");
        assertThat(table.json().path("rows")).hasSize(5);
        var partial = wire.getAs("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", secrets());
        assertThat(partial.json().path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        assertThat(partial.json().path("items").get(0).has("data")).isFalse();
    }
}
