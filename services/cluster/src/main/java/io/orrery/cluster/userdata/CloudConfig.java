package io.orrery.cluster.userdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A cloud-init document: files to write, then commands to run, each as words. */
final class CloudConfig {

    /** Nova takes 65,535 characters of base64. */
    static final int LIMIT = 65_535 / 4 * 3;

    /** What is longer is packed; cloud-init unpacks it by itself. */
    private static final int PLAIN_LIMIT = LIMIT * 3 / 4;

    private final List<Map<String, Object>> files = new ArrayList<>();
    private final List<List<String>> commands = new ArrayList<>();

    CloudConfig file(String path, String content) {
        return file(path, "0644", content);
    }

    CloudConfig secret(String path, String content) {
        return file(path, "0600", content);
    }

    CloudConfig run(String... words) {
        commands.add(List.of(words));
        return this;
    }

    /** As Nova takes it: plain text, or gzip if that would come near the limit. */
    byte[] bytes() {
        var document = new LinkedHashMap<String, Object>();
        document.put("write_files", files);
        document.put("runcmd", commands);
        var plain = ("#cloud-config\n" + Yaml.write(document)).getBytes(UTF_8);
        var bytes = plain.length > PLAIN_LIMIT ? gzip(plain) : plain;
        if (bytes.length > LIMIT) {
            throw new IllegalStateException("the user-data has " + bytes.length + " bytes; Nova takes " + LIMIT);
        }
        return bytes;
    }

    private CloudConfig file(String path, String permissions, String content) {
        var file = new LinkedHashMap<String, Object>();
        file.put("path", path);
        file.put("owner", "root:root");
        file.put("permissions", permissions);
        file.put("content", content);
        files.add(file);
        return this;
    }

    private static byte[] gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
