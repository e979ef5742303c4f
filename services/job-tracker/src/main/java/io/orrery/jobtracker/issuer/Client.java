package io.orrery.jobtracker.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Who may sign in at the issuer.
 *
 * @param secretSha256 of the secret, in hex. The secrets are random and long, so that a plain hash keeps them.
 *     {@code -} if it has none here
 * @param backends the backends whose jobs it may see and change
 */
public record Client(String id, String secretSha256, Set<String> backends) {
    public Client {
        backends = Set.copyOf(backends);
    }

    public static Client of(String id, String secret, Set<String> backends) {
        return new Client(id, sha256(secret), backends);
    }

    /** A client that another issuer knows: it has rights here, and cannot sign in here. */
    public static Client elsewhere(String id, Set<String> backends) {
        return new Client(id, "-", backends);
    }

    boolean isProvedBy(String secret) {
        return MessageDigest.isEqual(
                secretSha256.getBytes(UTF_8), sha256(secret).getBytes(UTF_8));
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
