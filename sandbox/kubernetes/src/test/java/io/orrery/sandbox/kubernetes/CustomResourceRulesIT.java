package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Custom resources")
@OnEachCluster
class CustomResourceRulesIT extends Rules {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    CustomResourceRulesIT(Cluster cluster) {
        super(cluster);
    }

    /** Unique, so that tests don't meet on a genuine cluster. */
    private String group() {
        return namespace + ".example.org";
    }

    private String gauges(String version) {
        return "/apis/" + group() + "/" + version + "/namespaces/" + namespace + "/gauges";
    }

    @BeforeEach
    void define() {
        var schema = """
                type: object
                properties:
                  spec:
                    type: object
                    required: [size]
                    properties:
                      size: {type: integer, minimum: 1, maximum: 10}
                      mode: {type: string, enum: [fast, slow], default: slow}
                      code: {type: string, pattern: '^[a-z]+$'}
                      limit: {x-kubernetes-int-or-string: true}
                      free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                      steps:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name]
                        items:
                          type: object
                          required: [name]
                          properties: {name: {type: string}, value: {type: string}}
                  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
                """.indent(6);
        var made = wire.post(DEFINITIONS, """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: gauges.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {plural: gauges, kind: Gauge, shortNames: [gg]}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    subresources: {status: {}, scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}}
                    schema:
                     openAPIV3Schema:
                %2$s
                  - name: v1beta1
                    served: true
                    storage: false
                    subresources: {status: {}}
                    schema:
                     openAPIV3Schema:
                %2$s
                """.formatted(group(), schema));
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        await().atMost(DEADLINE)
                .until(() -> wire.get(gauges("v1")).code() == 200
                        && wire.get(gauges("v1beta1")).code() == 200);
    }

    @Override
    void tidy() {
        wire.delete(DEFINITIONS + "/gauges." + group());
    }

    private String gauge(String name, String spec) {
        return "{apiVersion: " + group() + "/v1, kind: Gauge, metadata: {name: " + name + "}, spec: " + spec + "}";
    }

    @Test
    @DisplayName("A definition says Established, and discovery names its kind")
    void isEstablishedAndDiscovered() {
        var conditions = wire.get(DEFINITIONS + "/gauges." + group()).json().at("/status/conditions");
        assertThat(conditions.findValuesAsText("type")).contains("Established", "NamesAccepted");
        var resources = wire.get("/apis/" + group() + "/v1").json().path("resources");
        assertThat(resources.findValuesAsText("name")).contains("gauges", "gauges/status", "gauges/scale");
        assertThat(resources.get(0).path("shortNames").get(0).asText()).isEqualTo("gg");
    }

    @Test
    @DisplayName("Structural schemas: every wrong field is a cause of one 422")
    void validates() {
        var refused = wire.post(gauges("v1"), gauge("g", "{size: 99, mode: odd, code: A1}"));
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.json().at("/details/causes").findValuesAsText("field"))
                .contains("spec.size", "spec.mode", "spec.code");
        var missing = wire.post(gauges("v1"), gauge("g", "{}"));
        assertThat(missing.json().at("/details/causes/0/reason").asText()).isEqualTo("FieldValueRequired");
        assertThat(wire.post(gauges("v1"), gauge("g", "{size: text}")).code()).isEqualTo(422);
    }

    @Test
    @DisplayName("Pruning and defaulting: unknown fields go, defaults come, free-form parts stay")
    void prunesAndDefaults() {
        var made = wire.post(gauges("v1"), gauge("g", "{size: 1, unknown: x, free: {any: thing}, limit: 50%}"));
        assertThat(made.code()).isEqualTo(201);
        var spec = made.json().path("spec");
        assertThat(spec.has("unknown")).isFalse();
        assertThat(spec.path("mode").asText()).isEqualTo("slow");
        assertThat(spec.at("/free/any").asText()).isEqualTo("thing");
    }

    @Test
    @DisplayName("fieldValidation=Strict: unknown fields are 400")
    void refusesUnknownFieldsIfAsked() {
        var refused = wire.post(gauges("v1") + "?fieldValidation=Strict", gauge("g", "{size: 1, unknown: x}"));
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.json().path("message").asText()).contains("unknown field \"spec.unknown\"");
    }

    @Test
    @DisplayName("Versions with conversion None: the same object under each apiVersion")
    void showsEveryVersion() {
        wire.post(gauges("v1"), gauge("g", "{size: 1}"));
        var other = wire.get(gauges("v1beta1") + "/g").json();
        assertThat(other.path("apiVersion").asText()).isEqualTo(group() + "/v1beta1");
        assertThat(other.at("/spec/size").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("Subresources: status is written by /status only, generation follows the spec, scale its path")
    void hasSubresources() {
        wire.post(gauges("v1"), gauge("g", "{size: 1}"));
        var main = wire.patch(gauges("v1") + "/g", Wire.MERGE, "{status: {size: 5}}");
        assertThat(main.json().has("status")).isFalse();
        var status = wire.patch(gauges("v1") + "/g/status", Wire.MERGE, "{status: {size: 5}}");
        assertThat(status.json().at("/status/size").asInt()).isEqualTo(5);
        assertThat(status.json().at("/metadata/generation").asInt()).isEqualTo(1);
        var scaled = wire.patch(gauges("v1") + "/g/scale", Wire.MERGE, "{spec: {replicas: 3}}");
        assertThat(scaled.json().at("/status/replicas").asInt()).isEqualTo(5);
        var gauge = wire.get(gauges("v1") + "/g").json();
        assertThat(gauge.at("/spec/size").asInt()).isEqualTo(3);
        assertThat(gauge.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    @DisplayName("x-kubernetes-list-type: map lists merge in server-side apply")
    void mergesListMaps() {
        var path = gauges("v1") + "/g?fieldManager=";
        wire.patch(path + "alice", Wire.APPLY, gauge("g", "{size: 1, steps: [{name: a, value: '1'}]}"));
        var both = wire.patch(path + "bob", Wire.APPLY, gauge("g", "{size: 1, steps: [{name: b, value: '2'}]}"));
        assertThat(both.json().at("/spec/steps")).hasSize(2);
    }

    @Test
    @DisplayName("Strategic merge is 415 for custom resources")
    void hasNoStrategicMerge() {
        wire.post(gauges("v1"), gauge("g", "{size: 1}"));
        assertThat(wire.patch(gauges("v1") + "/g", Wire.STRATEGIC, "{spec: {size: 2}}")
                        .code())
                .isEqualTo(415);
    }

    @Test
    @DisplayName("Deleting a definition deletes its objects and ends its API")
    void takesItsObjectsAlong() {
        wire.post(gauges("v1"), gauge("g", "{size: 1}"));
        wire.delete(DEFINITIONS + "/gauges." + group());
        await().atMost(DEADLINE).until(() -> wire.get(gauges("v1")).code() == 404);
        await().atMost(DEADLINE)
                .until(() -> wire.get(DEFINITIONS + "/gauges." + group()).code() == 404);
    }

    @Test
    @DisplayName("A definition larger than 262144 bytes goes in by server-side apply")
    void takesLargeDefinitions() {
        var group = "large." + group();
        var text = "word ".repeat(60_000);
        var applied = wire.patch(
                DEFINITIONS + "/larges." + group + "?fieldManager=test", Wire.APPLY, """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: larges.%1$s}
                spec:
                  group: %1$s
                  scope: Cluster
                  names: {plural: larges, kind: Large}
                  versions:
                  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, description: "%2$s"}}}
                """.formatted(group, text));
        assertThat(applied.code()).isEqualTo(201);
        wire.delete(DEFINITIONS + "/larges." + group);
    }
}
