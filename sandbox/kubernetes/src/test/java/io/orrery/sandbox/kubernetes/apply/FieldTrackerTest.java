package io.orrery.sandbox.kubernetes.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.apply.FieldTracker.Writer;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FieldTrackerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static ObjectNode pod(String spec) {
        return (ObjectNode) Json.parseYaml(("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: " + spec + "}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Writer by(String manager) {
        return new Writer(manager, "v1", "", NOW);
    }

    private static ObjectNode apply(ObjectNode live, String manager, String spec) {
        return FieldTracker.apply(live, pod(spec), by(manager), BuiltInShape.ROOT, false);
    }

    private static ObjectNode start() {
        return pod("{}").without("spec");
    }

    @Test
    void setsMergeAndKeepTheItemsOfOthers() {
        var both = apply(
                apply(start(), "a", "{containers: [{name: x, image: i}], tolerations: [{key: k}]}"),
                "b",
                "{containers: [{name: y, image: j}]}");
        assertThat(both.at("/spec/containers").findValuesAsText("name")).containsExactly("x", "y");
        var without = apply(both, "a", "{tolerations: [{key: k}]}");
        assertThat(without.at("/spec/containers").findValuesAsText("name")).containsExactly("y");
    }

    @Test
    void atomicListsAreOneValue() {
        var live = apply(start(), "a", "{tolerations: [{key: k}, {key: l}]}");
        assertThatThrownBy(() -> apply(live, "b", "{tolerations: [{key: m}]}"))
                .isInstanceOfSatisfying(ApiError.class, error -> assertThat(
                                error.status().at("/details/causes/0/field").asText())
                        .isEqualTo(".spec.tolerations"));
    }

    @Test
    void anItemStaysWhileSomebodyOwnsAFieldOfIt() {
        var first = apply(start(), "a", "{containers: [{name: x, image: i}]}");
        var second = apply(first, "b", "{containers: [{name: x, tty: true}]}");
        var left = apply(second, "a", "{nodeName: n}");
        assertThat(left.at("/spec/containers/0").has("image")).isFalse();
        assertThat(left.at("/spec/containers/0/tty").asBoolean()).isTrue();
    }

    @Test
    void theDefaultProtocolIsPartOfAPortsKey() {
        var live = apply(start(), "a", "{containers: [{name: x, ports: [{containerPort: 1}]}]}");
        var same = apply(live, "b", "{containers: [{name: x, ports: [{containerPort: 1, protocol: TCP}]}]}");
        assertThat(same.at("/spec/containers/0/ports")).hasSize(1);
    }

    @Test
    void anUpdateTakesWhatItChangesAndOnlyThat() {
        var live = apply(start(), "a", "{nodeName: n, hostname: h}");
        var after = live.deepCopy();
        ((ObjectNode) after.get("spec")).put("hostname", "other");
        FieldTracker.updated(live, after, by("b"), BuiltInShape.ROOT);
        var fields = ManagedFields.of(after);
        assertThat(fields.fieldsOf(by("a").as("Apply")).toFieldsV1()).hasToString("{\"f:spec\":{\"f:nodeName\":{}}}");
        assertThat(fields.fieldsOf(by("b").as("Update")).toFieldsV1()).hasToString("{\"f:spec\":{\"f:hostname\":{}}}");
    }

    @Test
    void managedFieldsReadBackAsTheyWereWritten() {
        var live = apply(start(), "a", "{containers: [{name: x, env: [{name: e, value: v}]}], nodeName: n}");
        var set = ManagedFields.of(live).fieldsOf(by("a").as("Apply"));
        assertThat(FieldSet.ofFieldsV1(set.toFieldsV1())).isEqualTo(set);
    }
}
