package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Garbage collection and namespaces")
@OnEachCluster
class OwnerRulesIT extends Rules {
    OwnerRulesIT(Cluster cluster) {
        super(cluster);
    }

    @BeforeEach
    void needControllers() {
        assumeTrue(cluster.hasControllers(), "no controllers run beside this API server");
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private String owner(String name) {
        return wire.post(maps(), map(name, "{}")).json().at("/metadata/uid").asText();
    }

    private void dependent(String name, String owner, String uid, String more) {
        wire.post(maps(), """
                {apiVersion: v1, kind: ConfigMap, metadata: {name: %s, ownerReferences: [
                 {apiVersion: v1, kind: ConfigMap, name: %s, uid: %s, blockOwnerDeletion: true}%s]}}""".formatted(name, owner, uid, more));
    }

    private boolean isGone(String name) {
        return wire.get(maps() + "/" + name).code() == 404;
    }

    @Test
    @DisplayName("Background: the owner goes at once, what it owns follows, and what that owns too")
    void collectsInTheBackground() {
        dependent("child", "top", owner("top"), "");
        var child = wire.get(maps() + "/child").json().at("/metadata/uid").asText();
        dependent("grandchild", "child", child, "");
        wire.delete(maps() + "/top", "{propagationPolicy: Background}");
        assertThat(isGone("top")).isTrue();
        soon().until(() -> isGone("child") && isGone("grandchild"));
    }

    @Test
    @DisplayName("Foreground: the owner waits, with finalizer foregroundDeletion, for those that block it")
    void waitsInTheForeground() {
        dependent("child", "top", owner("top"), "");
        wire.patch(maps() + "/child", Wire.MERGE, "{metadata: {finalizers: [example.org/hold]}}");
        wire.delete(maps() + "/top", "{propagationPolicy: Foreground}");
        soon().until(() -> wire.get(maps() + "/child")
                .json()
                .at("/metadata/deletionTimestamp")
                .isTextual());
        var top = wire.get(maps() + "/top").json();
        assertThat(top.at("/metadata/finalizers/0").asText()).isEqualTo("foregroundDeletion");
        wire.patch(maps() + "/child", Wire.MERGE, "{metadata: {finalizers: null}}");
        soon().until(() -> isGone("child") && isGone("top"));
    }

    @Test
    @DisplayName("Orphan: what it owned stays and forgets its owner")
    void orphans() {
        dependent("child", "top", owner("top"), "");
        wire.delete(maps() + "/top", "{propagationPolicy: Orphan}");
        soon().until(() -> isGone("top"));
        assertThat(wire.get(maps() + "/child").json().at("/metadata").has("ownerReferences"))
                .isFalse();
    }

    @Test
    @DisplayName("An object with another owner left stays; the missing owner is forgotten")
    void staysWithOneOwnerLeft() {
        var other = ", {apiVersion: v1, kind: ConfigMap, name: second, uid: " + owner("second") + "}";
        dependent("child", "first", owner("first"), other);
        wire.delete(maps() + "/first");
        soon().until(() -> wire.get(maps() + "/child")
                        .json()
                        .at("/metadata/ownerReferences")
                        .size()
                == 1);
        assertThat(isGone("child")).isFalse();
    }

    @Test
    @DisplayName("An owner of that name with another uid does not count as the owner")
    void checksTheUidOfOwners() {
        owner("top");
        dependent("child", "top", "00000000-0000-0000-0000-000000000001", "");
        soon().until(() -> isGone("child"));
        assertThat(isGone("top")).isFalse();
    }

    @Test
    @DisplayName("A namespace that is deleted is Terminating until its contents are gone, and takes nothing new (403)")
    void endsNamespaces() {
        wire.post(maps(), "{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [example.org/hold]}}");
        var path = "/api/v1/namespaces/" + namespace;
        wire.delete(path);
        assertThat(wire.get(path).json().at("/status/phase").asText()).isEqualTo("Terminating");
        var refused = wire.post(maps(), map("late", "{}"));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.json().at("/details/causes/0/reason").asText()).isEqualTo("NamespaceTerminating");
        soon().until(() -> wire.get(maps() + "/held")
                .json()
                .at("/metadata/deletionTimestamp")
                .isTextual());
        wire.patch(maps() + "/held", Wire.MERGE, "{metadata: {finalizers: null}}");
        soon().until(() -> wire.get(path).code() == 404);
    }

    @Test
    @DisplayName("Every namespace gets the ServiceAccount default and the root CA")
    void equipsNamespaces() {
        var path = "/api/v1/namespaces/" + namespace;
        soon().until(() -> wire.get(path + "/serviceaccounts/default").code() == 200);
        soon().until(() -> wire.get(path + "/configmaps/kube-root-ca.crt")
                .json()
                .at("/data/ca.crt")
                .asText()
                .startsWith("-----BEGIN CERTIFICATE-----"));
    }
}
