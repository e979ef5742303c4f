package io.orrery.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test works in a namespace of its own. */
abstract class Rules {
    final Cluster cluster;
    final String namespace = "rules-" + UUID.randomUUID().toString().substring(0, 8);
    KubernetesClient client;
    Wire wire;

    Rules(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void connect() {
        client = new KubernetesClientBuilder().withConfig(cluster.connect()).build();
        wire = new Wire(client);
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void disconnect() {
        if (client != null) {
            tidy();
            client.namespaces().withName(namespace).delete();
            client.close();
        }
    }

    /** Removes what a test made outside its namespace. */
    void tidy() {}

    String maps() {
        return "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    String deployments() {
        return "/apis/apps/v1/namespaces/" + namespace + "/deployments";
    }

    String pods() {
        return "/api/v1/namespaces/" + namespace + "/pods";
    }

    static String map(String name, String data) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + "}, data: " + data + "}";
    }

    static String deployment(String name, String image) {
        return """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: %1$s}, spec: {replicas: 0,
                 selector: {matchLabels: {app: %1$s}}, template: {metadata: {labels: {app: %1$s}},
                 spec: {containers: [{name: main, image: %2$s, ports: [{containerPort: 80}]}]}}}}""".formatted(name, image);
    }

    static String pod(String name) {
        return "{apiVersion: v1, kind: Pod, metadata: {name: " + name
                + "}, spec: {containers: [{name: main, image: a/b:1}]}}";
    }
}
