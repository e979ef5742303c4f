package io.orrery.sandbox.boot;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The entries of write_files, with the spellings of their encodings that cloud-init knows. */
final class WrittenFiles {
    private WrittenFiles() {}

    static Map<String, byte[]> of(List<JsonNode> entries) throws UserDataException {
        var files = new HashMap<String, byte[]>();
        for (var entry : entries) {
            var path = entry.path("path").asText();
            if (path.isEmpty()) {
                throw new UserDataException("cc_write_files.py[WARNING]: No path provided to write for entry "
                        + (files.size() + 1) + " in module write_files");
            }
            var content = decoded(path, entry);
            files.merge(path, content, entry.path("append").asBoolean() ? WrittenFiles::joined : (old, late) -> late);
        }
        return files;
    }

    private static byte[] decoded(String path, JsonNode entry) throws UserDataException {
        var content = entry.path("content").asText();
        return switch (entry.path("encoding").asText("text/plain").toLowerCase(Locale.ROOT)) {
            case "b64", "base64" -> base64(path, content);
            case "gz+b64", "gz+base64", "gzip+b64", "gzip+base64" -> UserData.unzipped(base64(path, content));
            case "gz", "gzip" -> UserData.unzipped(content.getBytes(StandardCharsets.ISO_8859_1));
            default -> content.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] base64(String path, String content) throws UserDataException {
        try {
            return Base64.getMimeDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw new UserDataException("cc_write_files.py[WARNING]: Failed to decode content of " + path
                    + ", which is not base64: " + e.getMessage());
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = new ByteArrayOutputStream(first.length + second.length);
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
