package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What fabric8's client makes of it: the client that services and controllers use")
@OnEachCluster
class TypedClientRulesIT extends Rules {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    TypedClientRulesIT(Cluster cluster) {
        super(cluster);
    }

    private static ConfigMap holding(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(Map.of("value", value))
                .build();
    }

    @Test
    @DisplayName("Watches (by WebSocket) tell creation, change and end of an object")
    void watches() {
        List<String> told = new CopyOnWriteArrayList<>();
        var maps = client.configMaps().inNamespace(namespace);
        var watch = maps.withName("one").watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                told.add(action + " " + map.getData().get("value"));
            }

            @Override
            public void onClose(WatcherException cause) {
                told.add("closed");
            }
        });
        maps.resource(holding("one", "1")).create();
        maps.resource(holding("one", "2")).update();
        maps.withName("one").delete();
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(told).containsExactly("ADDED 1", "MODIFIED 2", "DELETED 2"));
        watch.close();
    }

    @Test
    @DisplayName("Informers hold what exists, and follow what changes")
    void informs() {
        var maps = client.configMaps().inNamespace(namespace);
        maps.resource(holding("one", "1")).create();
        try (var informer = maps.inform()) {
            maps.resource(holding("two", "2")).create();
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(informer.getIndexer().list())
                            .extracting(found -> found.getMetadata().getName())
                            .contains("one", "two"));
            maps.withName("one").delete();
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(informer.getIndexer().list())
                            .extracting(found -> found.getMetadata().getName())
                            .doesNotContain("one"));
        }
    }

    @Test
    @DisplayName("serverSideApply makes and changes; another manager's field is a 409")
    void applies() {
        var maps = client.configMaps().inNamespace(namespace);
        maps.resource(holding("one", "1")).fieldManager("alice").serverSideApply();
        var changed = maps.resource(holding("one", "2")).fieldManager("alice").serverSideApply();
        assertThat(changed.getData()).containsEntry("value", "2");
        assertThatThrownBy(() ->
                        maps.resource(holding("one", "3")).fieldManager("bob").serverSideApply())
                .isInstanceOfSatisfying(KubernetesClientException.class, failure -> assertThat(failure.getCode())
                        .isEqualTo(409));
        var forced = maps.resource(holding("one", "3"))
                .fieldManager("bob")
                .forceConflicts()
                .serverSideApply();
        assertThat(forced.getData()).containsEntry("value", "3");
    }

    @Test
    @DisplayName("patch with each patch type")
    void patches() {
        var maps = client.configMaps().inNamespace(namespace);
        maps.resource(holding("one", "1")).create();
        maps.withName("one").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"a\":\"b\"}}");
        maps.withName("one").patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"c\":\"d\"}}");
        maps.withName("one").patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"remove\",\"path\":\"/data/value\"}]");
        assertThat(maps.withName("one").get().getData()).isEqualTo(Map.of("a", "b", "c", "d"));
    }

    @Test
    @DisplayName("waitUntilCondition returns when the object is so")
    void waits() {
        var maps = client.configMaps().inNamespace(namespace);
        maps.resource(holding("one", "1")).create();
        var waiting = maps.withName("one").informOnCondition(found -> found.stream()
                .anyMatch(each -> "2".equals(each.getData().get("value"))));
        maps.resource(holding("one", "2")).update();
        assertThat(waiting).succeedsWithin(DEADLINE);
    }
}
