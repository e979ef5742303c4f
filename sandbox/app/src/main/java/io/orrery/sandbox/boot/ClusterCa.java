package io.orrery.sandbox.boot;

import io.orrery.sandbox.kubernetes.pki.CertificateAuthority;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import io.orrery.sandbox.kubernetes.pki.Identity;
import io.orrery.sandbox.kubernetes.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The secrets an RKE2 server starts with: what was placed under its tls folder, and new ones for what was not.
 *
 * @param hash what a full token carries: SHA-256 of the file server-ca.crt, or of the root certificate's DER when the
 *     file holds a chain
 */
record ClusterCa(ClusterPki pki, String hash) {
    static final String FOLDER = "/var/lib/rancher/rke2/server/tls/";

    static ClusterCa of(CloudConfig cloud) throws JoinRefused {
        var fresh = ClusterPki.create();
        var server = placed(cloud, "server-ca");
        var client = placed(cloud, "client-ca");
        for (var unused : new String[] {"request-header-ca", "etcd/server-ca", "etcd/peer-ca"}) {
            placed(cloud, unused);
        }
        var pki = new ClusterPki(
                server.orElseGet(fresh::serverCa),
                client.orElseGet(fresh::clientCa),
                serviceAccountKey(cloud).orElseGet(fresh::serviceAccountKeyPem));
        var serverPem = cloud.text(FOLDER + "server-ca.crt")
                .orElseGet(() -> pki.serverCa().certificatePem());
        return new ClusterCa(pki, hash(serverPem));
    }

    private static Optional<CertificateAuthority> placed(CloudConfig cloud, String name) throws JoinRefused {
        var certificate = cloud.text(FOLDER + name + ".crt");
        var key = cloud.text(FOLDER + name + ".key");
        if (certificate.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            throw notUsable(
                    name, "open " + FOLDER + name + (key.isEmpty() ? ".key" : ".crt") + ": no such file or directory");
        }
        try {
            var pair = Pem.keyPair(key.get());
            if (!Pem.certificates(certificate.get()).getFirst().getPublicKey().equals(pair.getPublic())) {
                throw notUsable(name, "tls: private key does not match public key");
            }
            return Optional.of(CertificateAuthority.of(new Identity(certificate.get(), key.get())));
        } catch (IllegalArgumentException e) {
            throw notUsable(name, e.getMessage());
        }
    }

    private static Optional<String> serviceAccountKey(CloudConfig cloud) throws JoinRefused {
        var key = cloud.text(FOLDER + "service.key");
        try {
            key.ifPresent(Pem::privateKey);
            return key;
        } catch (IllegalArgumentException e) {
            throw notUsable("service.key", e.getMessage());
        }
    }

    private static JoinRefused notUsable(String name, String why) {
        return JoinRefused.fatal(
                "starting kubernetes: preparing server: failed to generate certificates: " + name + ": " + why);
    }

    static String hash(String serverCaPem) {
        try {
            var chain = Pem.certificates(serverCaPem);
            var hashed = chain.size() == 1
                    ? serverCaPem.getBytes(StandardCharsets.UTF_8)
                    : chain.getLast().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(hashed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
