package io.orrery.sandbox.boot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** Reads user-data as cloud-init does: {@code #cloud-config}, plain or gzipped. Scripts are left alone, they are not run here. */
final class UserData {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int SHOWN = 40;

    private UserData() {}

    static CloudConfig read(byte[] raw) throws UserDataException {
        var text = new String(isGzip(raw) ? unzipped(raw) : raw, StandardCharsets.UTF_8);
        if (text.isBlank() || text.startsWith("#!")) {
            return CloudConfig.NOTHING;
        }
        if (!text.startsWith("#cloud-config")) {
            throw new UserDataException(
                    "__init__.py[WARNING]: Unhandled non-multipart (text/x-not-multipart) userdata: '"
                            + text.lines().findFirst().orElse("").transform(UserData::shortened) + "'");
        }
        return config(tree(text));
    }

    private static JsonNode tree(String text) throws UserDataException {
        try {
            var root = YAML.readTree(text);
            if (root != null && !root.isMissingNode() && !root.isNull() && !root.isObject()) {
                throw new UserDataException("util.py[WARNING]: Failed loading yaml blob. Yaml load allows "
                        + "(<class 'dict'>,) root types, but got " + root.getNodeType() + " instead");
            }
            return root;
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new UserDataException("util.py[WARNING]: Failed loading yaml blob. Invalid format"
                    + (where == null ? "" : " at line " + where.getLineNr() + " column " + where.getColumnNr()) + ": \""
                    + e.getOriginalMessage().lines().findFirst().orElse("") + "\"");
        }
    }

    private static CloudConfig config(JsonNode root) throws UserDataException {
        return new CloudConfig(
                WrittenFiles.of(list(root, "write_files")),
                commands(list(root, "runcmd")),
                powersOff(root.path("power_state").path("mode").asText()));
    }

    private static List<JsonNode> list(JsonNode root, String key) throws UserDataException {
        var node = root.path(key);
        if (!node.isMissingNode() && !node.isNull() && !node.isArray()) {
            throw new UserDataException("schema.py[WARNING]: cloud-config failed schema validation: " + key + ": "
                    + shortened(node.toString()) + " is not of type 'array'");
        }
        return StreamSupport.stream(node.spliterator(), false).toList();
    }

    private static List<String> commands(List<JsonNode> entries) {
        var commands = new ArrayList<String>();
        for (var entry : entries) {
            commands.add(
                    entry.isArray()
                            ? String.join(
                                    " ",
                                    StreamSupport.stream(entry.spliterator(), false)
                                            .map(JsonNode::asText)
                                            .toList())
                            : entry.asText());
        }
        return commands;
    }

    private static boolean powersOff(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "poweroff", "halt" -> true;
            default -> false;
        };
    }

    static boolean isGzip(byte[] bytes) {
        return bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
    }

    static byte[] unzipped(byte[] bytes) throws UserDataException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UserDataException("util.py[WARNING]: Failed to decompress the data: " + e.getMessage());
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
