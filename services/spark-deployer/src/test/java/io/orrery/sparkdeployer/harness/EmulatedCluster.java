package io.orrery.sparkdeployer.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** A cluster of one node, on the wire, with the controllers that make pods of Spark applications. */
public final class EmulatedCluster implements AutoCloseable {

    private final ApiServer server;
    private final Config config;
    private final KubernetesClient client;
    private final Controllers controllers;
    private final Kubelet kubelet;

    private EmulatedCluster() throws IOException {
        var pki = ClusterPki.create();
        server = ApiServer.start(ApiServerSettings.with(pki));
        config = admin(server, pki);
        client = new KubernetesClientBuilder().withConfig(config).build();
        controllers = Controllers.start(client, Settings.defaults());
        kubelet = Kubelet.join(
                client,
                NodeSpec.agent("node-1"),
                KubeletSettings.defaults()
                        .withPodStart(Duration.ofMillis(50))
                        .withWorkloads(OpenEoWorkloads.with(Duration.ofMillis(500))));
    }

    public static EmulatedCluster start() {
        try {
            return new EmulatedCluster();
        } catch (IOException e) {
            throw new IllegalStateException("no emulated cluster", e);
        }
    }

    /** The emulator itself, for faults. */
    public ApiServer server() {
        return server;
    }

    /** As an administrator sees the cluster. */
    public KubernetesClient client() {
        return client;
    }

    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: c
                  cluster: {server: "%s", certificate-authority-data: %s}
                users:
                - name: u
                  user: {client-certificate-data: %s, client-key-data: %s}
                contexts:
                - name: x
                  context: {cluster: c, user: u}
                current-context: x
                """.formatted(
                        server.url(), config.getCaCertData(), config.getClientCertData(), config.getClientKeyData());
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
        return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
    }

    @Override
    public void close() {
        kubelet.stop();
        controllers.close();
        client.close();
        server.close();
    }
}
