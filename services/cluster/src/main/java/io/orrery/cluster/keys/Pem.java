package io.orrery.cluster.keys;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates and keys to PEM and back. Keys in the forms that every Go and Java client reads: PKCS#1 and SEC 1. */
final class Pem {

    private Pem() {}

    static String write(Object certificateOrKey) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificateOrKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // the hash in join tokens is of these very bytes
        return text.toString().replace("\r\n", "\n");
    }

    /** With its curve in it, as openssl writes it and Go's readers want it; the JDK's own encoding leaves that out. */
    static String writeElliptic(KeyPair keys) {
        var whole = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        var secret = (java.security.interfaces.ECPrivateKey) keys.getPrivate();
        try {
            var key = new ECPrivateKey(
                    secret.getParams().getOrder().bitLength(),
                    secret.getS(),
                    whole.getPublicKeyData(),
                    whole.getAlgorithm().getParameters());
            return write(new PemObject("EC PRIVATE KEY", key.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static X509Certificate certificate(String pem) {
        try (var parser = new PEMParser(new StringReader(pem))) {
            return new JcaX509CertificateConverter().getCertificate((X509CertificateHolder) parser.readObject());
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
    }

    static PrivateKey key(String pem) {
        try (var parser = new PEMParser(new StringReader(pem))) {
            var pair = (PEMKeyPair) parser.readObject();
            return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        } catch (IOException e) {
            throw new IllegalArgumentException("not a private key", e);
        }
    }
}
