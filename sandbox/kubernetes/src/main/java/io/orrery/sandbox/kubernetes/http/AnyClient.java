package io.orrery.sandbox.kubernetes.http;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Lets every client through the handshake and tells it whose certificates are wanted. Whether its certificate is any
 * good is the authenticator's matter: upstream answers a bad one with 401 too.
 */
final class AnyClient implements X509TrustManager {
    private final X509Certificate wanted;

    AnyClient(X509Certificate wanted) {
        this.wanted = wanted;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // Checked with every request, where it can be answered.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {wanted};
    }
}
