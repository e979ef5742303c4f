package io.orrery.sandbox.openstack.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A body of bytes that was put into a file as it came in, with its sums. */
public record Upload(Path file, long size, String md5, String sha512) {
    public static Upload of(Path file) {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            var sha512 = MessageDigest.getInstance("SHA-512");
            try (var in = new DigestInputStream(Files.newInputStream(file), md5);
                    var out = new DigestOutputStream(OutputStream.nullOutputStream(), sha512)) {
                long size = in.transferTo(out);
                return new Upload(file, size, hex(md5), hex(sha512));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has MD5 and SHA-512", missing);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
