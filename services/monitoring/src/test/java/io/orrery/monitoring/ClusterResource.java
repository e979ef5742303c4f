package io.orrery.monitoring;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.reconciler.seal.Keysets;
import io.orrery.sandbox.controllers.Controllers;
import io.orrery.sandbox.controllers.Settings;
import io.orrery.sandbox.controllers.kubelet.Kubelet;
import io.orrery.sandbox.controllers.kubelet.KubeletSettings;
import io.orrery.sandbox.controllers.kubelet.NodeSpec;
import io.orrery.sandbox.kubernetes.ApiServer;
import io.orrery.sandbox.kubernetes.ApiServerSettings;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An emulated cluster with one node, and the keysets that facts about it are sealed with. */
public final class ClusterResource implements QuarkusTestResourceLifecycleManager {

    private static String kubeconfig;
    private static KubernetesClient client;

    private ApiServer server;
    private Controllers controllers;
    private Kubelet kubelet;

    @Override
    public Map<String, String> start() {
        var pki = ClusterPki.create();
        server = ApiServer.start(ApiServerSettings.with(pki));
        client = new KubernetesClientBuilder().withConfig(admin(pki)).build();
        kubeconfig = kubeconfig(pki);
        controllers = Controllers.start(client, Settings.defaults());
        try {
            kubelet = Kubelet.join(client, NodeSpec.agent("node-1"), KubeletSettings.defaults());
            var keys = Files.createTempDirectory("keys");
            new Keysets(keys).create();
            return Map.of("orrery.keys.folder", keys.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String kubeconfig() {
        return kubeconfig;
    }

    static KubernetesClient client() {
        return client;
    }

    private Config admin(ClusterPki pki) {
        var identity = pki.clientCa().issueClient("admin", List.of("system:masters"), Duration.ofDays(1));
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url().toString())
                .withCaCertData(base64(pki.serverCa().certificatePem()))
                .withClientCertData(base64(identity.certificatePem()))
                .withClientKeyData(base64(identity.keyPem()))
                .withClientKeyAlgo("EC")
                .build();
    }

    private String kubeconfig(ClusterPki pki) {
        var token = client.serviceAccounts()
                .inNamespace("kube-system")
                .withName("default")
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: %s}}]
                users: [{name: u, user: {token: %s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(server.url(), base64(pki.serverCa().certificatePem()), token);
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void stop() {
        kubelet.stop();
        controllers.close();
        client.close();
        server.close();
    }
}
