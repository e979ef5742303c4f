package io.orrery.sandbox.kubernetes.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that signs what a cluster needs: serving certificates, and clients by user and groups. */
public final class CertificateAuthority {
    private static final Duration LIFE = Duration.ofDays(3650);
    /** Certificates begin a little in the past, for clocks that are late. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock = Clock.systemUTC();
    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** A new one with an EC P-256 key, valid for ten years. */
    public static CertificateAuthority create(String commonName) {
        var pair = newEcKeyPair();
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        try {
            var builder = builder(name, name, pair.getPublic(), Clock.systemUTC(), LIFE)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new CertificateAuthority(sign(builder, pair.getPrivate()), pair.getPrivate());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a certificate authority", e);
        }
    }

    /** One that exists; the key may be RSA or EC, in PKCS#8, PKCS#1 or SEC1 form. */
    public static CertificateAuthority of(Identity pem) {
        return new CertificateAuthority(
                Pem.certificates(pem.certificatePem()).getFirst(), Pem.privateKey(pem.keyPem()));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String certificatePem() {
        return Pem.of(certificate);
    }

    public Identity identity() {
        return new Identity(certificatePem(), Pem.of(key));
    }

    /** A serving certificate; names that read as IP addresses become IP entries. */
    public Identity issueServer(String commonName, List<String> subjectAltNames, Duration validity) {
        var names =
                subjectAltNames.stream().map(CertificateAuthority::generalName).toArray(GeneralName[]::new);
        var subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        return issue(subject, new GeneralNames(names), KeyPurposeId.id_kp_serverAuth, validity);
    }

    /** A client certificate: Kubernetes reads CN as the user and each O as a group. */
    public Identity issueClient(String user, List<String> groups, Duration validity) {
        var subject = new X500NameBuilder(BCStyle.INSTANCE);
        groups.forEach(group -> subject.addRDN(BCStyle.O, group));
        subject.addRDN(BCStyle.CN, user);
        return issue(subject.build(), null, KeyPurposeId.id_kp_clientAuth, validity);
    }

    private Identity issue(X500Name subject, GeneralNames names, KeyPurposeId purpose, Duration validity) {
        var pair = newEcKeyPair();
        try {
            var issuer = new JcaX509CertificateHolder(certificate).getSubject();
            var builder = builder(issuer, subject, pair.getPublic(), clock, validity)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            if (names != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return new Identity(Pem.of(sign(builder, key)), Pem.of(pair.getPrivate()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey holder, Clock clock, Duration validity) {
        var now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).add(BigInteger.ONE),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(validity)),
                subject,
                holder);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey signer) {
        var algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            return Pem.certificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
        } catch (OperatorCreationException e) {
            throw new IllegalArgumentException("cannot sign with a key of type " + signer.getAlgorithm(), e);
        }
    }

    private static GeneralName generalName(String name) {
        var isAddress = name.matches("[0-9.]+") || name.contains(":");
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    static KeyPair newEcKeyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256", e);
        }
    }
}
