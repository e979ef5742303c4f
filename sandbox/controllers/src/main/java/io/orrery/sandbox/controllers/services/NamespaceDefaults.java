package io.orrery.sandbox.controllers.services;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** What each namespace has from the start: the ServiceAccount `default`, and the API server's CA for its pods. */
public final class NamespaceDefaults {

    private final Cluster cluster;

    public NamespaceDefaults(Cluster cluster) {
        this.cluster = cluster;
        Loop loop = cluster.loop("namespaces", 1, this::reconcile);
        cluster.wake(Namespace.class, loop);
    }

    private Optional<Duration> reconcile(ObjectKey key) {
        var active = cluster.find(Namespace.class, key)
                .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null);
        if (active.isPresent()) {
            var name = key.name();
            if (cluster.client()
                            .serviceAccounts()
                            .inNamespace(name)
                            .withName("default")
                            .get()
                    == null) {
                cluster.create(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(name)
                        .withName("default")
                        .endMetadata()
                        .build());
            }
            if (cluster.client()
                            .configMaps()
                            .inNamespace(name)
                            .withName("kube-root-ca.crt")
                            .get()
                    == null) {
                authority(cluster.client().getConfiguration())
                        .ifPresent(pem -> cluster.create(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withNamespace(name)
                                .withName("kube-root-ca.crt")
                                .endMetadata()
                                .addToData("ca.crt", pem)
                                .build()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> authority(Config config) {
        var data = config.getCaCertData();
        if (data != null) {
            return Optional.of(
                    data.startsWith("-----")
                            ? data
                            : new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8));
        }
        if (config.getCaCertFile() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(Path.of(config.getCaCertFile())));
        } catch (IOException e) {
            throw new UncheckedIOException("the API server's CA could not be read", e);
        }
    }
}
