package io.orrery.sandbox.controllers.harness;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.sandbox.controllers.Controllers;
import io.orrery.sandbox.controllers.Settings;
import io.orrery.sandbox.controllers.kubelet.Kubelet;
import io.orrery.sandbox.controllers.kubelet.KubeletSettings;
import io.orrery.sandbox.controllers.kubelet.NodeSpec;
import io.orrery.sandbox.controllers.openeo.OpenEoWorkloads;
import io.orrery.sandbox.kubernetes.ApiServer;
import io.orrery.sandbox.kubernetes.ApiServerSettings;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;

/**
 * An API server with the controllers and no node yet: the emulated one, or a genuine one where KUBECONFIG says so. A genuine
 * cluster that has its own controllers would fight with ours: there the tests are skipped. Each has a namespace of its own.
 */
public final class TestCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Optional<ApiServer> server;
    private final KubernetesClient client;
    private final Controllers controllers;
    private final Map<String, Kubelet> kubelets = new HashMap<>();
    private final String namespace = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final KubeletSettings kubeletSettings;

    private TestCluster(Optional<ApiServer> server, Config config, KubeletSettings kubeletSettings) {
        this.server = server;
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.kubeletSettings = kubeletSettings;
        var foreign = client.leases()
                .inNamespace("kube-system")
                .withName("kube-controller-manager")
                .get();
        if (foreign != null) {
            client.close();
        }
        Assumptions.assumeTrue(foreign == null, "the cluster of KUBECONFIG has controllers of its own");
        this.controllers = Controllers.start(
                client,
                Settings.defaults().withNodeGrace(Duration.ofSeconds(3)).withPodEviction(Duration.ofSeconds(1)));
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    public static TestCluster start() {
        return start(KubeletSettings.defaults()
                .withHeartbeat(Duration.ofMillis(500))
                .withPodStart(Duration.ofMillis(50))
                .withRestartBackoff(Duration.ofMillis(100))
                .withWorkloads(OpenEoWorkloads.with(Duration.ofMillis(500))));
    }

    public static TestCluster start(KubeletSettings kubeletSettings) {
        var kubeconfig = System.getenv("KUBECONFIG");
        if (kubeconfig != null) {
            return new TestCluster(
                    Optional.empty(), Config.fromKubeconfig(Path.of(kubeconfig).toFile()), kubeletSettings);
        }
        var pki = ClusterPki.create();
        var server = ApiServer.start(ApiServerSettings.with(pki));
        return new TestCluster(Optional.of(server), admin(server, pki), kubeletSettings);
    }

    private static Config admin(ApiServer server, ClusterPki pki) {
        var identity = pki.clientCa().issueClient("admin", List.of("system:masters"), Duration.ofDays(1));
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url().toString())
                .withCaCertData(base64(pki.serverCa().certificatePem()))
                .withClientCertData(base64(identity.certificatePem()))
                .withClientKeyData(base64(identity.keyPem()))
                .withClientKeyAlgo("EC")
                .withNamespace("default")
                .build();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    /** The emulated server, for faults; skips the test on a genuine one. */
    public ApiServer emulator() {
        Assumptions.assumeTrue(server.isPresent(), "needs the emulated API server");
        return server.get();
    }

    public Kubelet join(NodeSpec spec) {
        try {
            var kubelet = Kubelet.join(client, spec, kubeletSettings);
            kubelets.put(spec.name(), kubelet);
            return kubelet;
        } catch (IOException e) {
            throw new IllegalStateException("no node " + spec.name(), e);
        }
    }

    /** Until then a status may not have been written yet: what is null now is no failure. */
    public static ConditionFactory soon() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    @Override
    public void close() {
        kubelets.values().forEach(Kubelet::stop);
        if (server.isEmpty()) {
            client.namespaces().withName(namespace).delete();
            kubelets.keySet().forEach(node -> client.nodes().withName(node).delete());
        }
        controllers.close();
        client.close();
        server.ifPresent(ApiServer::close);
    }
}
