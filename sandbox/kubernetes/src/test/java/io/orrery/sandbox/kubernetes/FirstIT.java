package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FirstIT {
    private final ClusterPki pki = ClusterPki.create();

    @Test
    void objectsGoInAndComeOut() {
        try (var server = ApiServer.start(ApiServerSettings.with(pki));
                var client = new KubernetesClientBuilder()
                        .withConfig(Clients.admin(server.url(), pki))
                        .build()) {
            List<String> events = new CopyOnWriteArrayList<>();
            var map = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("one")
                    .endMetadata()
                    .addToData("a", "b")
                    .build();
            @SuppressWarnings("unused")
            var watch = client.configMaps()
                    .inNamespace("default")
                    .withName("one")
                    .watch(new Watcher<>() {
                        @Override
                        public void eventReceived(Action action, io.fabric8.kubernetes.api.model.ConfigMap resource) {
                            events.add(action + " " + resource.getMetadata().getName());
                        }

                        @Override
                        public void onClose(WatcherException cause) {}
                    });
            {
                var made =
                        client.configMaps().inNamespace("default").resource(map).create();
                assertThat(made.getMetadata().getUid()).isNotEmpty();
                client.configMaps().inNamespace("default").withName("one").edit(m -> new ConfigMapBuilder(m)
                        .addToData("c", "d")
                        .build());
                client.configMaps().inNamespace("default").withName("one").delete();
                Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(events)
                        .containsExactly("ADDED one", "MODIFIED one", "DELETED one"));
            }
            var node = client.nodes()
                    .resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName("n1")
                            .endMetadata()
                            .build())
                    .create();
            node.setStatus(new io.fabric8.kubernetes.api.model.NodeStatusBuilder()
                    .withPhase("Running")
                    .build());
            assertThat(client.nodes().resource(node).updateStatus().getStatus().getPhase())
                    .isEqualTo("Running");
            assertThat(client.namespaces().list().getItems()).hasSize(4);
            var informer = client.nodes().inform();
            Awaitility.await().until(() -> informer.getStore().list().size() == 1);
            try (var nobody = new KubernetesClientBuilder()
                    .withConfig(Clients.nobody(server.url(), pki))
                    .build()) {
                assertThatThrownBy(() -> nobody.namespaces().list())
                        .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                                .isEqualTo(401));
            }
        }
    }
}
