package io.orrery.provisioner.openstack;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** Somebody with a certificate: an authority, or whom it vouches for. */
final class PrivateAuthority {

    private static final AtomicLong SERIAL = new AtomicLong();

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final PrivateAuthority issuer;

    PrivateAuthority() {
        this.keys = keys();
        this.issuer = this;
        this.certificate = sign("CN=Private Authority", keys, keys, "CN=Private Authority", Optional.empty());
    }

    private PrivateAuthority(PrivateAuthority issuer, String address) {
        this.keys = keys();
        this.issuer = issuer;
        this.certificate = sign("CN=Private Authority", issuer.keys, keys, "CN=" + address, Optional.of(address));
    }

    /** Vouches for a host. */
    PrivateAuthority of(String address) {
        return new PrivateAuthority(this, address);
    }

    PrivateAuthority issuer() {
        return issuer;
    }

    X509Certificate x509() {
        return certificate;
    }

    PrivateKey privateKey() {
        return keys.getPrivate();
    }

    /** In PEM. */
    String certificate() {
        return pem(certificate);
    }

    /** In PEM. */
    String key() {
        try {
            return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
        } catch (PemGenerationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(
            String issuer, KeyPair by, KeyPair whose, String subject, Optional<String> address) {
        var now = Instant.now();
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(now.minus(1, ChronoUnit.HOURS)),
                    Date.from(now.plus(1, ChronoUnit.DAYS)),
                    new X500Name(subject),
                    whose.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(address.isEmpty()));
            if (address.isPresent()) {
                var name = new GeneralName(GeneralName.iPAddress, address.get());
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object what) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
