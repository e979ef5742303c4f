package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Patches: JSON, merge and strategic merge")
@OnEachCluster
class PatchRulesIT extends Rules {
    PatchRulesIT(Cluster cluster) {
        super(cluster);
    }

    @BeforeEach
    void makeOne() {
        wire.post(deployments(), deployment("web", "a:1"));
    }

    private Wire.Reply patch(String type, String body) {
        return wire.patch(deployments() + "/web", type, body);
    }

    @Test
    @DisplayName("strategicpatch: lists with a patchMergeKey merge by it, $patch: delete removes one item")
    void mergesListsByKey() {
        var two = patch(Wire.STRATEGIC, "{spec: {template: {spec: {containers: [{name: side, image: b}]}}}}");
        assertThat(two.json().at("/spec/template/spec/containers")).hasSize(2);
        var changed = patch(Wire.STRATEGIC, "{spec: {template: {spec: {containers: [{name: main, image: 'a:2'}]}}}}");
        assertThat(changed.json().at("/spec/template/spec/containers").findValuesAsText("image"))
                .containsExactlyInAnyOrder("a:2", "b");
        var one = patch(Wire.STRATEGIC, "{spec: {template: {spec: {containers: [{name: side, $patch: delete}]}}}}");
        assertThat(one.json().at("/spec/template/spec/containers").findValuesAsText("name"))
                .contains("main")
                .doesNotContain("side");
    }

    @Test
    @DisplayName("strategicpatch: $retainKeys drops the other keys of a union")
    void retainsKeys() {
        var patched = patch(Wire.STRATEGIC, "{spec: {strategy: {$retainKeys: [type], type: Recreate}}}");
        assertThat(patched.json().at("/spec/strategy").toString()).isEqualTo("{\"type\":\"Recreate\"}");
    }

    @Test
    @DisplayName("RFC 7396: lists are replaced, null removes")
    void replacesLists() {
        var patched = patch(Wire.MERGE, "{spec: {template: {spec: {containers: [{name: other, image: c}]}}}}");
        assertThat(patched.json().at("/spec/template/spec/containers")).hasSize(1);
        wire.patch(deployments() + "/web", Wire.MERGE, "{metadata: {labels: {a: b}}}");
        var removed = patch(Wire.MERGE, "{metadata: {labels: {a: null}}}");
        assertThat(removed.json().at("/metadata/labels").has("a")).isFalse();
    }

    @Test
    @DisplayName("RFC 6902: operations in order; a failed test refuses the whole patch")
    void appliesOperations() {
        var missing = patch(Wire.JSON_PATCH, "[{op: replace, path: /spec/paused, value: true}]");
        assertThat(missing.code()).isEqualTo(422);
        var added = patch(Wire.JSON_PATCH, "[{op: add, path: /spec/paused, value: true}]");
        assertThat(added.json().at("/spec/paused").asBoolean()).isTrue();
        var refused = patch(
                Wire.JSON_PATCH,
                "[{op: test, path: /spec/paused, value: false}, {op: add, path: /spec/replicas, value: 9}]");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(wire.get(deployments() + "/web").json().at("/spec/replicas").asInt())
                .isZero();
    }

    @Test
    @DisplayName("A patch that names an old resourceVersion is 409")
    void refusesStalePatches() {
        var revision = wire.get(deployments() + "/web").revision();
        patch(Wire.MERGE, "{spec: {paused: true}}");
        var stale = patch(Wire.MERGE, "{metadata: {resourceVersion: '" + revision + "'}, spec: {paused: false}}");
        assertThat(stale.code()).isEqualTo(409);
    }

    @Test
    @DisplayName("Unknown patch types are 415")
    void refusesUnknownTypes() {
        assertThat(patch("application/json", "{}").code()).isEqualTo(415);
    }

    @Test
    @DisplayName("apps/v1: the selector is immutable, and must match the template")
    void keepsTheSelector() {
        assertThat(patch(Wire.MERGE, "{spec: {selector: {matchLabels: {app: other}}}}")
                        .code())
                .isEqualTo(422);
        assertThat(patch(Wire.MERGE, "{spec: {template: {metadata: {labels: {app: other}}}}}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    @DisplayName("scale: replicas under autoscaling/v1, written through to the object")
    void scales() {
        var scaled = wire.patch(deployments() + "/web/scale", Wire.MERGE, "{spec: {replicas: 0}}");
        assertThat(scaled.json().path("kind").asText()).isEqualTo("Scale");
        var scale = wire.get(deployments() + "/web/scale").json();
        assertThat(scale.at("/status/selector").asText()).isEqualTo("app=web");
        assertThat(scale.at("/spec/replicas").asInt()).isZero();
    }
}
