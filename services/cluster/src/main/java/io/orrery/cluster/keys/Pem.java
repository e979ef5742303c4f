package io.orrery.cluster.keys;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

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

    static X509Certificate certificate(String pem) {
        try (var parser = new PEMParser(new StringReader(pem))) {
            return new JcaX509CertificateConverter().getCertificate((X509CertificateHolder) parser.readObject());
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
    }

    static PrivateKey key(String pem) {
        try (var parser = new PEMParser(new StringReader(pem))) {
            return new JcaPEMKeyConverter()
                    .getKeyPair((PEMKeyPair) parser.readObject())
                    .getPrivate();
        } catch (IOException e) {
            throw new IllegalArgumentException("not a private key", e);
        }
    }
}
