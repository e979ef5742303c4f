package io.orrery.sandbox.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes user-data for tests. */
final class CloudConfigs {
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<String> commands = new ArrayList<>();

    static CloudConfigs server() {
        return new CloudConfigs()
                .running("systemctl mask rke2-agent.service")
                .running("systemctl enable rke2-server.service")
                .running("systemctl start rke2-server.service");
    }

    static CloudConfigs agent() {
        return new CloudConfigs().running("systemctl enable --now rke2-agent.service");
    }

    CloudConfigs with(String path, String content) {
        files.put(path, content);
        return this;
    }

    CloudConfigs configured(String config) {
        return with("/etc/rancher/rke2/config.yaml", config);
    }

    CloudConfigs running(String command) {
        commands.add(command);
        return this;
    }

    String yaml() {
        var yaml = new StringBuilder("#cloud-config\nwrite_files:\n");
        files.forEach((path, content) -> yaml.append("- path: ")
                .append(path)
                .append("\n  encoding: b64\n  content: ")
                .append(Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)))
                .append('\n'));
        yaml.append("runcmd:\n");
        commands.forEach(command -> yaml.append("- ").append(command).append('\n'));
        return files.isEmpty() ? yaml.toString().replace("write_files:\n", "") : yaml.toString();
    }

    byte[] bytes() {
        return yaml().getBytes(StandardCharsets.UTF_8);
    }

    byte[] gzipped() {
        return gzip(bytes());
    }

    static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
