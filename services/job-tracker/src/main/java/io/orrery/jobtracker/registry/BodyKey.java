package io.orrery.jobtracker.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a body is: {@code jobs/<backend>/<job>/<SHA-256 of the content>-<writer>}. The content can be checked against
 * its name; the writer's mark, new for every write, sees to it that nobody removes what somebody else has just put.
 */
record BodyKey(String backendId, String jobId, String name) {

    private static final String ROOT = "jobs/";
    private static final int PARTS = 4;

    static BodyKey of(String backendId, String jobId, byte[] content) {
        var writer = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return new BodyKey(backendId, jobId, sha256(content) + "-" + writer);
    }

    /** @return empty if this is no body's key */
    static Optional<BodyKey> parse(String key) {
        var parts = key.split("/", -1);
        if (parts.length != PARTS || !key.startsWith(ROOT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BodyKey(decoded(parts[1]), decoded(parts[2]), parts[3]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of every body of the backend. */
    static String prefix(String backendId) {
        return ROOT + encoded(backendId) + "/";
    }

    /** Of every body there is. */
    static String prefix() {
        return ROOT;
    }

    boolean names(byte[] content) {
        return name.startsWith(sha256(content));
    }

    @Override
    public String toString() {
        return prefix(backendId) + encoded(jobId) + "/" + name;
    }

    static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
