package io.orrery.reconciler.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A mounted file of API tokens, a line for each: role, SHA-256 of the token in hex, and a name for people. Tokens are
 * long random strings, so that a plain hash does not give them away.
 */
final class ApiTokens {

    private final Map<String, Role> byHash;

    private ApiTokens(Map<String, Role> byHash) {
        this.byHash = Map.copyOf(byHash);
    }

    /** @throws IllegalArgumentException if a line is not role, hash and name */
    static ApiTokens read(Path file) throws IOException {
        var byHash = new HashMap<String, Role>();
        for (var line : Files.readAllLines(file)) {
            var text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                put(byHash, file, text);
            }
        }
        return new ApiTokens(byHash);
    }

    private static void put(Map<String, Role> byHash, Path file, String line) {
        var parts = line.split("\\s+", 3);
        if (parts.length != 3 || !parts[1].matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    file + ": a line must be: viewer|operator|admin, SHA-256 of the token in hex, name");
        }
        byHash.put(parts[1], Role.valueOf(parts[0].toUpperCase(Locale.ROOT)));
    }

    Optional<Role> roleOf(String token) {
        return Optional.ofNullable(byHash.get(hash(token)));
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
