package io.orrery.sandbox.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** How tests reach the server: as an administrator with a client certificate, or with a token. */
final class Clients {
    private Clients() {}

    static Config admin(URI url, ClusterPki pki) {
        var identity = pki.clientCa().issueClient("admin", List.of("system:masters"), Duration.ofDays(1));
        return trusting(url, pki)
                .withClientCertData(base64(identity.certificatePem()))
                .withClientKeyData(base64(identity.keyPem()))
                .withClientKeyAlgo("EC")
                .build();
    }

    static Config bearer(URI url, ClusterPki pki, String token) {
        return trusting(url, pki).withOauthToken(token).build();
    }

    static Config nobody(URI url, ClusterPki pki) {
        return trusting(url, pki).build();
    }

    private static ConfigBuilder trusting(URI url, ClusterPki pki) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url.toString())
                .withCaCertData(base64(pki.serverCa().certificatePem()))
                .withNamespace("default")
                .withRequestRetryBackoffLimit(0);
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
