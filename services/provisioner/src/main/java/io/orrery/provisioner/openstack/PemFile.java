package io.orrery.provisioner.openstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of certificates or a key as it is now: one that was exchanged under the same path is another.
 *
 * @param digest of its content; empty if it cannot be read, which is said by who needs it
 */
record PemFile(Path path, String digest) {

    static PemFile of(Path path) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return new PemFile(path, HexFormat.of().formatHex(sha.digest(Files.readAllBytes(path))));
        } catch (IOException e) {
            return new PemFile(path, "");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
