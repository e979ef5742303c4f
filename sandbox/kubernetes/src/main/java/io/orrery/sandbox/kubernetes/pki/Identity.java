package io.orrery.sandbox.kubernetes.pki;

import java.util.List;

/** A certificate with its private key, both as PEM; the certificate may be followed by its chain. */
public record Identity(String certificatePem, String keyPem) {
    @Override
    public String toString() {
        return "Identity" + List.of("certificate", "key withheld");
    }
}
