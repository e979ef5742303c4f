package io.orrery.sandbox.kubernetes.pki;

/**
 * The secrets of one cluster.
 *
 * @param serverCa signs the serving certificate
 * @param clientCa client certificates are checked against it
 * @param serviceAccountKeyPem signs service account tokens: RSA or EC, in PKCS#8, PKCS#1 or SEC1 form
 */
public record ClusterPki(CertificateAuthority serverCa, CertificateAuthority clientCa, String serviceAccountKeyPem) {

    /** New ones throughout, for tests and for clusters that nobody gave any. */
    public static ClusterPki create() {
        return new ClusterPki(
                CertificateAuthority.create("kubernetes-server-ca"),
                CertificateAuthority.create("kubernetes-client-ca"),
                Pem.of(CertificateAuthority.newEcKeyPair().getPrivate()));
    }

    @Override
    public String toString() {
        return "ClusterPki[withheld]";
    }
}
