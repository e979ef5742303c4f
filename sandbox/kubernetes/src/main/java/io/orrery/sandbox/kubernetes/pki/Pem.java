package io.orrery.sandbox.kubernetes.pki;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Reads and writes PEM: certificates, and RSA or EC keys in PKCS#8, PKCS#1 or SEC1 form. */
public final class Pem {
    private static final JcaPEMKeyConverter KEYS = new JcaPEMKeyConverter();
    private static final JcaX509CertificateConverter CERTIFICATES = new JcaX509CertificateConverter();

    private Pem() {}

    public static List<X509Certificate> certificates(String pem) {
        var certificates = new ArrayList<X509Certificate>();
        for (var object : objects(pem)) {
            if (object instanceof X509CertificateHolder holder) {
                certificates.add(certificate(holder));
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate in the PEM given");
        }
        return List.copyOf(certificates);
    }

    static X509Certificate certificate(X509CertificateHolder holder) {
        try {
            return CERTIFICATES.getCertificate(holder);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not a usable certificate", e);
        }
    }

    public static PrivateKey privateKey(String pem) {
        try {
            for (var object : objects(pem)) {
                if (object instanceof PEMKeyPair pair) {
                    return KEYS.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (object instanceof PrivateKeyInfo info) {
                    return KEYS.getPrivateKey(info);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not a usable private key", e);
        }
        throw new IllegalArgumentException("no private key in the PEM given");
    }

    /** The private key with its public half, which is computed where the PEM leaves it out. */
    public static KeyPair keyPair(String pem) {
        var key = privateKey(pem);
        try {
            return new KeyPair(publicHalf(key), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a usable private key", e);
        }
    }

    private static PublicKey publicHalf(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        if (key instanceof ECPrivateKey ec) {
            var curve = EC5Util.convertSpec(ec.getParams());
            var point = curve.getG().multiply(ec.getS()).normalize();
            var w = new ECPoint(
                    point.getAffineXCoord().toBigInteger(),
                    point.getAffineYCoord().toBigInteger());
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, ec.getParams()));
        }
        throw new IllegalArgumentException("neither an RSA nor an EC key: " + key.getAlgorithm());
    }

    public static String of(X509Certificate certificate) {
        return write(certificate);
    }

    /** As PKCS#8. */
    public static String of(PrivateKey key) {
        try {
            return write(new JcaPKCS8Generator(key, null));
        } catch (IOException e) {
            throw new IllegalArgumentException("not a usable private key", e);
        }
    }

    private static String write(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be written as PEM", e);
        }
        return text.toString();
    }

    private static List<Object> objects(String pem) {
        var objects = new ArrayList<Object>();
        try (var parser = new PEMParser(new StringReader(pem))) {
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not PEM", e);
        }
        return objects;
    }
}
