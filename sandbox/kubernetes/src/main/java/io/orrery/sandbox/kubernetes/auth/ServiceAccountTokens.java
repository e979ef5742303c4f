package io.orrery.sandbox.kubernetes.auth;

import io.orrery.sandbox.kubernetes.pki.Pem;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/** The bound tokens that TokenRequest gives out: JWTs that name account and uid, and end when the account does. */
public final class ServiceAccountTokens {
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private final KeyPair keys;
    private final String algorithm;
    private final Accounts accounts;
    private final JwtConsumer consumer;

    /** Looks up which objects still exist. */
    @FunctionalInterface
    public interface Accounts {
        /** The uid of the object of that kind (ServiceAccount, Pod, Secret, Node), if it exists. */
        Optional<String> uid(String kind, String namespace, String name);
    }

    /** The object to which a token is bound beside its account; it ends with that object. */
    public record Bound(String kind, String name, String uid) {}

    public ServiceAccountTokens(String keyPem, Accounts accounts) {
        this.keys = Pem.keyPair(keyPem);
        this.accounts = accounts;
        this.algorithm = keys.getPrivate().getAlgorithm().equals("RSA")
                ? AlgorithmIdentifiers.RSA_USING_SHA256
                : AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
        this.consumer = new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(ISSUER)
                .setVerificationKey(keys.getPublic())
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm))
                .build();
    }

    public String issue(
            String namespace,
            String name,
            String uid,
            List<String> audiences,
            Instant now,
            Duration life,
            Optional<Bound> bound) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(audiences.isEmpty() ? List.of(ISSUER) : audiences);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setNotBefore(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(life).getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setSubject("system:serviceaccount:" + namespace + ":" + name);
        var account = Map.of("name", name, "uid", uid);
        claims.setClaim(
                "kubernetes.io",
                bound.map(object -> Map.of(
                                "namespace",
                                namespace,
                                "serviceaccount",
                                account,
                                object.kind().toLowerCase(Locale.ROOT),
                                Map.of("name", object.name(), "uid", object.uid())))
                        .orElseGet(() -> Map.of("namespace", namespace, "serviceaccount", account)));
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKey(keys.getPrivate());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    /** Empty for anything but a token of ours that has not expired and whose account (and bound object) still lives. */
    public Optional<User> verify(String token) {
        try {
            var claims = consumer.processToClaims(token);
            if (!(claims.getClaimValue("kubernetes.io") instanceof Map<?, ?> binding)
                    || !(binding.get("namespace") instanceof String namespace)
                    || !lives("ServiceAccount", namespace, binding.get("serviceaccount"))
                    || !livesIfBound("Pod", namespace, binding.get("pod"))
                    || !livesIfBound("Secret", namespace, binding.get("secret"))
                    || !livesIfBound("Node", "", binding.get("node"))) {
                return Optional.empty();
            }
            return Optional.of(new User(
                    claims.getSubject(),
                    uid(binding.get("serviceaccount")),
                    List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated")));
        } catch (InvalidJwtException | MalformedClaimException e) {
            return Optional.empty();
        }
    }

    private boolean livesIfBound(String kind, String namespace, Object reference) {
        return reference == null || lives(kind, namespace, reference);
    }

    private boolean lives(String kind, String namespace, Object reference) {
        return reference instanceof Map<?, ?> map
                && map.get("name") instanceof String name
                && accounts.uid(kind, namespace, name).equals(Optional.of(uid(reference)));
    }

    private static String uid(Object reference) {
        return reference instanceof Map<?, ?> map && map.get("uid") instanceof String uid ? uid : "";
    }
}
