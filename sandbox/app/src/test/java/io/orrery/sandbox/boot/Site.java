package io.orrery.sandbox.boot;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.sandbox.kubernetes.pki.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A platform's network with its virtual address, and the user-data of its machines. */
public final class Site {
    public static final String VIP = "10.20.0.5";

    final String network = UUID.randomUUID().toString();
    final String outside = "127.67." + ThreadLocalRandom.current().nextInt(1, 255) + "."
            + ThreadLocalRandom.current().nextInt(1, 255);
    final CertificateAuthority serverCa = CertificateAuthority.create("server-ca");
    final CertificateAuthority clientCa = CertificateAuthority.create("client-ca");
    private int machines = 10;

    String token(String user, String password) {
        return "K10" + ClusterCa.hash(serverCa.certificatePem()) + "::" + user + ":" + password;
    }

    String common() {
        return common(outside);
    }

    private String common(String known) {
        return "token: " + token("server", "server-secret") + "\nagent-token: agent-secret" + "\ntls-san: [" + VIP
                + ", " + known + "]\ncni: canal\n";
    }

    CloudConfigs init() {
        return init(outside);
    }

    private CloudConfigs init(String known) {
        return CloudConfigs.server()
                .configured(common(known))
                .with(ClusterCa.FOLDER + "server-ca.crt", serverCa.certificatePem())
                .with(ClusterCa.FOLDER + "server-ca.key", serverCa.identity().keyPem())
                .with(ClusterCa.FOLDER + "client-ca.crt", clientCa.certificatePem())
                .with(ClusterCa.FOLDER + "client-ca.key", clientCa.identity().keyPem());
    }

    CloudConfigs server() {
        return CloudConfigs.server().configured(common() + "server: https://" + VIP + ":9345\n");
    }

    /** What the first server boots with. */
    public byte[] initUserData() {
        return init().gzipped();
    }

    /** The same for a cluster that the world knows by this address. */
    public byte[] initUserData(String known) {
        return init(known).gzipped();
    }

    /** What an agent boots with. */
    public byte[] agentUserData() {
        return agent().gzipped();
    }

    CloudConfigs agent() {
        return agent(token("node", "agent-secret"));
    }

    CloudConfigs agent(String token) {
        return CloudConfigs.agent().configured("token: " + token + "\nserver: https://" + VIP + ":9345\n");
    }

    FakeGuest machine(String name, CloudConfigs userData) {
        machines++;
        return new FakeGuest(
                name,
                userData.gzipped(),
                new Guest.Nic(network, "10.20.0." + machines, List.of(VIP)),
                Map.of(network + "/" + VIP, outside));
    }

    KubernetesClient client() {
        return client(outside);
    }

    /** As the administrator, with a certificate that the client CA signed. */
    public KubernetesClient client(String address) {
        return client(address, null);
    }

    /** @param proxy null for none */
    public KubernetesClient client(String address, String proxy) {
        var admin = clientCa.issueClient("kubernetes-admin", List.of("system:masters"), Duration.ofDays(1));
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("https://" + address + ":6443")
                        .withCaCertData(base64(serverCa.certificatePem()))
                        .withClientCertData(base64(admin.certificatePem()))
                        .withClientKeyData(base64(admin.keyPem()))
                        .withClientKeyAlgo("EC")
                        .withRequestRetryBackoffLimit(0)
                        .withConnectionTimeout(2000)
                        .withHttpsProxy(proxy)
                        .build())
                .build();
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
