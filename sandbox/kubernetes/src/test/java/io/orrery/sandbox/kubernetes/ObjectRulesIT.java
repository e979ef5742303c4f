package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("API concepts and conventions: objects, metadata, status")
@OnEachCluster
class ObjectRulesIT extends Rules {
    ObjectRulesIT(Cluster cluster) {
        super(cluster);
    }

    @Test
    @DisplayName("api-conventions, Metadata: the server sets uid, creationTimestamp and resourceVersion")
    void setsWhatOnlyTheServerKnows() {
        var made = wire.post(maps(), map("one", "{a: b}"));
        assertThat(made.code()).isEqualTo(201);
        var metadata = made.json().path("metadata");
        assertThat(metadata.path("uid").asText()).hasSize(36);
        assertThat(metadata.path("creationTimestamp").asText()).endsWith("Z");
        assertThat(metadata.path("resourceVersion").asLong()).isPositive();
    }

    @Test
    @DisplayName("api-conventions, generateName: five characters after the given base")
    void generatesNames() {
        var made = wire.post(maps(), "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}");
        assertThat(made.json().path("metadata").path("name").asText()).matches("made-[a-z0-9]{5}");
    }

    @Test
    @DisplayName("rest/create.go: a second object of the same name is 409 AlreadyExists")
    void refusesTheSameNameTwice() {
        wire.post(maps(), map("one", "{}"));
        var again = wire.post(maps(), map("one", "{}"));
        assertThat(again.code()).isEqualTo(409);
        assertThat(again.reason()).isEqualTo("AlreadyExists");
        assertThat(again.json().path("message").asText()).isEqualTo("configmaps \"one\" already exists");
    }

    @Test
    @DisplayName("api-conventions, Concurrency Control: an update with an old resourceVersion is 409 Conflict")
    void refusesStaleUpdates() {
        var first = wire.post(maps(), map("one", "{a: b}")).json();
        wire.patch(maps() + "/one", Wire.MERGE, "{data: {a: c}}");
        var stale = wire.put(maps() + "/one", first.toString());
        assertThat(stale.code()).isEqualTo(409);
        assertThat(stale.reason()).isEqualTo("Conflict");
        assertThat(stale.json().path("message").asText()).contains("the object has been modified");
    }

    @Test
    @DisplayName("generic/registry/store.go: a write that changes nothing keeps the resourceVersion")
    void keepsTheRevisionWhenNothingChanges() {
        var first = wire.post(maps(), map("one", "{a: b}"));
        var same = wire.patch(maps() + "/one", Wire.MERGE, "{data: {a: b}}");
        assertThat(same.revision()).isEqualTo(first.revision());
    }

    @Test
    @DisplayName("api-conventions, Spec and Status: the main resource leaves status, /status leaves spec")
    void keepsSpecAndStatusApart() {
        wire.post(deployments(), deployment("web", "a"));
        var main = wire.patch(deployments() + "/web", Wire.MERGE, "{spec: {paused: true}, status: {replicas: 7}}");
        assertThat(main.json().path("status").path("replicas").asInt()).isNotEqualTo(7);
        assertThat(main.json().path("spec").path("paused").asBoolean()).isTrue();
        var status = wire.patch(
                deployments() + "/web/status",
                Wire.MERGE,
                "{spec: {paused: false}, status: {conditions: [{type: Tested, status: 'True', reason: a, message: b}]}}");
        assertThat(status.code()).isEqualTo(200);
        assertThat(status.json().path("spec").path("paused").asBoolean()).isTrue();
        assertThat(status.json().path("status").path("conditions").findValuesAsText("type"))
                .contains("Tested");
    }

    @Test
    @DisplayName("api-conventions, metadata.generation: rises with the spec, not with labels or status")
    void countsGenerationsOfTheSpecOnly() {
        wire.post(deployments(), deployment("web", "a"));
        assertThat(generation()).isEqualTo(1);
        wire.patch(deployments() + "/web", Wire.MERGE, "{metadata: {labels: {a: b}}}");
        wire.patch(deployments() + "/web/status", Wire.MERGE, "{status: {collisionCount: 1}}");
        assertThat(generation()).isEqualTo(1);
        wire.patch(deployments() + "/web", Wire.MERGE, "{spec: {paused: true}}");
        assertThat(generation()).isEqualTo(2);
    }

    private long generation() {
        return wire.get(deployments() + "/web")
                .json()
                .path("metadata")
                .path("generation")
                .asLong();
    }

    @Test
    @DisplayName("Finalizers: a deleted object stays, marked, until its last finalizer is removed")
    void waitsForFinalizers() {
        wire.post(maps(), "{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [example.org/hold]}}");
        var deleted = wire.delete(maps() + "/held");
        assertThat(deleted.json().path("metadata").path("deletionTimestamp").isTextual())
                .isTrue();
        var added = wire.patch(
                maps() + "/held", Wire.MERGE, "{metadata: {finalizers: [example.org/hold, example.org/more]}}");
        assertThat(added.code()).isEqualTo(422);
        wire.patch(maps() + "/held", Wire.MERGE, "{metadata: {finalizers: null}}");
        assertThat(wire.get(maps() + "/held").code()).isEqualTo(404);
    }

    @Test
    @DisplayName("DeleteOptions.preconditions: another uid than the object's is 409")
    void honoursPreconditions() {
        wire.post(maps(), map("one", "{}"));
        var refused = wire.delete(maps() + "/one", "{preconditions: {uid: 00000000-0000-0000-0000-000000000000}}");
        assertThat(refused.code()).isEqualTo(409);
        assertThat(wire.get(maps() + "/one").code()).isEqualTo(200);
    }

    @Test
    @DisplayName("rest/delete.go: the answer to a deletion is a Status that names what went")
    void answersDeletionsWithAStatus() {
        wire.post(maps(), map("one", "{}"));
        var status = wire.delete(maps() + "/one").json();
        assertThat(status.path("kind").asText()).isEqualTo("Status");
        assertThat(status.path("status").asText()).isEqualTo("Success");
        assertThat(status.path("details").path("name").asText()).isEqualTo("one");
    }

    @Test
    @DisplayName("NamespaceLifecycle admission: creating in a missing namespace is 404 and names the namespace")
    void refusesMissingNamespaces() {
        var refused = wire.post("/api/v1/namespaces/nowhere-at-all/configmaps", map("one", "{}"));
        assertThat(refused.code()).isEqualTo(404);
        assertThat(refused.json().path("details").path("kind").asText()).isEqualTo("namespaces");
    }

    @Test
    @DisplayName("apimachinery/validation: a name that is no subdomain is 422 Invalid with its cause")
    void validatesNames() {
        var refused = wire.post(maps(), map("Not_Good", "{}"));
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.reason()).isEqualTo("Invalid");
        assertThat(refused.json()
                        .path("details")
                        .path("causes")
                        .get(0)
                        .path("field")
                        .asText())
                .isEqualTo("metadata.name");
    }

    @Test
    @DisplayName("dryRun=All: everything is answered as if, and nothing is stored")
    void storesNothingInADryRun() {
        assertThat(wire.post(maps() + "?dryRun=All", map("one", "{}")).code()).isEqualTo(201);
        assertThat(wire.get(maps() + "/one").code()).isEqualTo(404);
    }

    @Test
    @DisplayName("deletecollection: takes what the selector matches and leaves the rest")
    void deletesByLabel() {
        wire.post(maps(), "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {go: 'yes'}}}");
        wire.post(maps(), "{apiVersion: v1, kind: ConfigMap, metadata: {name: b, labels: {go: 'no'}}}");
        assertThat(wire.delete(maps() + "?labelSelector=go%3Dyes").code()).isEqualTo(200);
        assertThat(wire.get(maps() + "/a").code()).isEqualTo(404);
        assertThat(wire.get(maps() + "/b").code()).isEqualTo(200);
    }

    @Test
    @DisplayName("Unknown resources, groups and paths are 404")
    void knowsNoUnknownPaths() {
        for (var path : new String[] {
            "/api/v1/gadgets", "/apis/nothing.example.org/v1/things", "/apis/apps/v9/deployments", "/nothing"
        }) {
            assertThat(wire.get(path).code()).as(path).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("Methods that a path does not have are 405")
    void refusesMethodsThatDoNotFit() {
        assertThat(wire.put(maps(), map("one", "{}")).code()).isEqualTo(405);
    }

    @Test
    @DisplayName("fieldSelector: fields that a kind does not offer are 400")
    void refusesUnknownFieldSelectors() {
        assertThat(wire.get(maps() + "?fieldSelector=data.a%3Db").code()).isEqualTo(400);
    }

    @Test
    @DisplayName("Secrets: stringData is written into data and not kept; the type is immutable")
    void encodesSecrets() {
        var secrets = "/api/v1/namespaces/" + namespace + "/secrets";
        var made = wire.post(secrets, "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {word: open}}");
        assertThat(made.json().path("data").path("word").asText()).isEqualTo("b3Blbg==");
        assertThat(made.json().has("stringData")).isFalse();
        assertThat(made.json().path("type").asText()).isEqualTo("Opaque");
        assertThat(wire.patch(secrets + "/s", Wire.MERGE, "{type: example.org/other}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    @DisplayName("events.k8s.io/v1 and v1 show the same events under their own field names")
    void showsEventsInBothForms() {
        wire.post("/api/v1/namespaces/" + namespace + "/events", """
                {apiVersion: v1, kind: Event, metadata: {name: e}, reason: Tested, message: it was, type: Normal,
                 involvedObject: {kind: Pod, name: p, namespace: %s}}""".formatted(namespace));
        var other = wire.get("/apis/events.k8s.io/v1/namespaces/" + namespace + "/events/e")
                .json();
        assertThat(other.path("note").asText()).isEqualTo("it was");
        assertThat(other.path("regarding").path("name").asText()).isEqualTo("p");
        var found = wire.get("/api/v1/namespaces/" + namespace + "/events?fieldSelector=involvedObject.name%3Dp");
        assertThat(found.json().path("items")).hasSize(1);
    }
}
