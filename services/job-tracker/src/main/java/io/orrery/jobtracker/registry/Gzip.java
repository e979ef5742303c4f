package io.orrery.jobtracker.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compression that every tool can undo: what lies in a bucket for years must not need this program to be read. */
final class Gzip {

    private Gzip() {}

    static byte[] pack(byte[] content) {
        var packed = new ByteArrayOutputStream(content.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    /** @throws IOException if this is no gzip, or damaged */
    static byte[] unpack(byte[] packed) throws IOException {
        try (var content = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return content.readAllBytes();
        }
    }
}
