package io.orrery.sandbox.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a clouds.yaml says about one cloud, for password sign-in. */
record CloudEntry(String authUrl, String user, String password, String project) {
    /** The cloud that OS_CLOUD names, found as OpenStack's own clients find it. */
    static Optional<CloudEntry> fromEnvironment() {
        return Optional.ofNullable(System.getenv("OS_CLOUD")).map(name -> {
            var file = candidates()
                    .filter(Files::isReadable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("OS_CLOUD is set and there is no clouds.yaml"));
            return parse(read(file), name);
        });
    }

    private static Stream<Path> candidates() {
        var home = Path.of(System.getProperty("user.home"));
        return Stream.concat(
                Stream.ofNullable(System.getenv("OS_CLIENT_CONFIG_FILE")).map(Path::of),
                Stream.of(
                        Path.of("clouds.yaml"),
                        home.resolve(".config/openstack/clouds.yaml"),
                        Path.of("/etc/openstack/clouds.yaml")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static CloudEntry parse(String yaml, String name) {
        try {
            JsonNode auth = new ObjectMapper(new YAMLFactory())
                    .readTree(yaml)
                    .path("clouds")
                    .path(name)
                    .path("auth");
            if (auth.isMissingNode()) {
                throw new IllegalStateException("No cloud " + name + " in clouds.yaml");
            }
            return new CloudEntry(
                    auth.path("auth_url").asText(),
                    auth.path("username").asText(),
                    auth.path("password").asText(),
                    auth.path("project_name").asText());
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
