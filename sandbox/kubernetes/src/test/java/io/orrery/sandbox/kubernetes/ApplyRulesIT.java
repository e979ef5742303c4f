package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Server-side apply")
@OnEachCluster
class ApplyRulesIT extends Rules {
    ApplyRulesIT(Cluster cluster) {
        super(cluster);
    }

    private Wire.Reply apply(String manager, String path, String intent) {
        return wire.patch(path + "?fieldManager=" + manager, Wire.APPLY, intent);
    }

    private Wire.Reply force(String manager, String path, String intent) {
        return wire.patch(path + "?force=true&fieldManager=" + manager, Wire.APPLY, intent);
    }

    private static JsonNode entry(Wire.Reply reply, String manager) {
        for (var entry : reply.json().path("metadata").path("managedFields")) {
            if (entry.path("manager").asText().equals(manager)) {
                return entry;
            }
        }
        throw new AssertionError(manager + " manages nothing in " + reply.text());
    }

    @Test
    @DisplayName("An apply makes what is missing (201), and the applier owns just what it said")
    void makesWhatIsMissing() {
        var made = apply("alice", maps() + "/one", map("one", "{a: '1', b: '2'}"));
        assertThat(made.code()).isEqualTo(201);
        var entry = entry(made, "alice");
        assertThat(entry.path("operation").asText()).isEqualTo("Apply");
        assertThat(entry.path("fieldsV1").toString()).isEqualTo("{\"f:data\":{\"f:a\":{},\"f:b\":{}}}");
    }

    @Test
    @DisplayName("What an applier no longer says, and nobody else owns, is removed")
    void removesWhatIsNoLongerApplied() {
        apply("alice", maps() + "/one", map("one", "{a: '1', b: '2'}"));
        var second = apply("alice", maps() + "/one", map("one", "{a: '1'}"));
        assertThat(second.json().path("data").toString()).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    @DisplayName("Conflicts: another value for another's field is 409, with a cause naming manager and field")
    void refusesFieldsOfOthers() {
        apply("alice", maps() + "/one", map("one", "{a: '1'}"));
        var refused = apply("bob", maps() + "/one", map("one", "{a: '2'}"));
        assertThat(refused.code()).isEqualTo(409);
        var cause = refused.json().path("details").path("causes").get(0);
        assertThat(cause.path("reason").asText()).isEqualTo("FieldManagerConflict");
        assertThat(cause.path("field").asText()).isEqualTo(".data.a");
        assertThat(cause.path("message").asText()).contains("alice");
    }

    @Test
    @DisplayName("force: takes the field, the former owner loses it")
    void takesByForce() {
        apply("alice", maps() + "/one", map("one", "{a: '1', b: '1'}"));
        var forced = force("bob", maps() + "/one", map("one", "{a: '2'}"));
        assertThat(forced.code()).isEqualTo(200);
        assertThat(forced.json().path("data").path("a").asText()).isEqualTo("2");
        assertThat(entry(forced, "alice").path("fieldsV1").toString()).doesNotContain("f:a");
        assertThat(entry(forced, "bob").path("fieldsV1").toString()).contains("f:a");
    }

    @Test
    @DisplayName("Shared ownership: the same value is no conflict, and stays until the last owner lets go")
    void sharesEqualValues() {
        apply("alice", maps() + "/one", map("one", "{a: '1'}"));
        assertThat(apply("bob", maps() + "/one", map("one", "{a: '1'}")).code()).isEqualTo(200);
        var left = apply("alice", maps() + "/one", map("one", "{}"));
        assertThat(left.json().path("data").path("a").asText()).isEqualTo("1");
        var gone = apply("bob", maps() + "/one", map("one", "{}"));
        assertThat(gone.json().path("data").has("a")).isFalse();
    }

    @Test
    @DisplayName("Updates and patches take ownership without asking")
    void updatesTakeOwnership() {
        apply("alice", maps() + "/one", map("one", "{a: '1'}"));
        var patched = wire.patch(maps() + "/one?fieldManager=carol", Wire.MERGE, "{data: {a: '3'}}");
        assertThat(entry(patched, "carol").path("operation").asText()).isEqualTo("Update");
        assertThat(apply("alice", maps() + "/one", map("one", "{a: '1'}")).code())
                .isEqualTo(409);
    }

    @Test
    @DisplayName("List maps: containers merge by name, ports by containerPort and protocol")
    void mergesKeyedLists() {
        apply("alice", deployments() + "/web", deployment("web", "a:1"));
        var sidecar = """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {containers: [
                 {name: side, image: b:1}, {name: main, env: [{name: X, value: y}]}]}}}}""";
        var merged = apply("bob", deployments() + "/web", sidecar);
        assertThat(merged.code()).isEqualTo(200);
        var containers = merged.json().at("/spec/template/spec/containers");
        assertThat(containers.findValuesAsText("image")).containsExactlyInAnyOrder("a:1", "b:1");
        assertThat(entry(merged, "alice").path("fieldsV1").toString())
                .contains("k:{\\\"name\\\":\\\"main\\\"}", "k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}");
        var without = apply("bob", deployments() + "/web", """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}""");
        assertThat(without.json().at("/spec/template/spec/containers")).hasSize(1);
        assertThat(without.json().at("/spec/template/spec/containers/0").has("env"))
                .isFalse();
    }

    @Test
    @DisplayName("The same apply again changes nothing, the resourceVersion neither")
    void isIdempotent() {
        apply("alice", deployments() + "/web", deployment("web", "a:1"));
        var first = apply("alice", deployments() + "/web", deployment("web", "a:1"));
        var second = apply("alice", deployments() + "/web", deployment("web", "a:1"));
        assertThat(second.revision()).isEqualTo(first.revision());
    }

    @Test
    @DisplayName("An apply without fieldManager, or with managedFields, is 400")
    void needsAManager() {
        assertThat(wire.patch(maps() + "/one", Wire.APPLY, map("one", "{}")).code())
                .isEqualTo(400);
        var managed = "{apiVersion: v1, kind: ConfigMap, metadata: {name: one, managedFields: [{manager: x}]}}";
        assertThat(apply("alice", maps() + "/one", managed).code()).isEqualTo(400);
    }

    @Test
    @DisplayName("Applying to /status owns status only")
    void appliesStatus() {
        wire.post(deployments(), deployment("web", "a"));
        var applied = apply("controller", deployments() + "/web/status", """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: true},
                 status: {conditions: [{type: Ok, status: 'True', reason: r, message: m}]}}""");
        assertThat(applied.code()).isEqualTo(200);
        assertThat(applied.json().path("spec").path("paused").asBoolean()).isFalse();
        assertThat(entry(applied, "controller").path("subresource").asText()).isEqualTo("status");
    }
}
