package io.orrery.provisioner.openstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where clouds may be described, in the order in which openstacksdk looks. Of each kind only the first file counts that can
 * be read.
 *
 * @param vendors what entries refer to by {@code profile}
 */
record ConfigFiles(List<Path> clouds, List<Path> secure, List<Path> vendors) {

    private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

    ConfigFiles {
        clouds = List.copyOf(clouds);
        secure = List.copyOf(secure);
        vendors = List.copyOf(vendors);
    }

    /**
     * The working directory, the user's and the system's folders, with what the environment names before them.
     *
     * @param configured a clouds.yaml that is looked at before all others, and a secure.yaml beside it
     */
    static ConfigFiles usual(Optional<Path> configured, Map<String, String> environment, Path home) {
        var folders = folders(environment, home);
        return new ConfigFiles(
                list(configured, named(environment, "OS_CLIENT_CONFIG_FILE"), folders, "clouds"),
                list(
                        configured.map(file -> file.resolveSibling("secure.yaml")),
                        named(environment, "OS_CLIENT_SECURE_FILE"),
                        folders,
                        "secure"),
                list(Optional.empty(), Optional.empty(), folders, "clouds-public"));
    }

    /** Only this folder. */
    static ConfigFiles in(Path folder) {
        var folders = List.of(folder);
        return new ConfigFiles(
                list(Optional.empty(), Optional.empty(), folders, "clouds"),
                list(Optional.empty(), Optional.empty(), folders, "secure"),
                list(Optional.empty(), Optional.empty(), folders, "clouds-public"));
    }

    static Optional<Path> first(List<Path> candidates) {
        return candidates.stream()
                .filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
                .findFirst();
    }

    private static List<Path> folders(Map<String, String> environment, Path home) {
        var own = named(environment, "XDG_CONFIG_HOME").orElse(home.resolve(".config"));
        var system = Stream.of(
                        environment.getOrDefault("XDG_CONFIG_DIRS", "/etc/xdg").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve("openstack"));
        return Stream.of(
                        Stream.of(
                                Path.of(""),
                                own.resolve("openstack"),
                                home.resolve(".config").resolve("openstack")),
                        system,
                        Stream.of(Path.of("/etc/openstack")))
                .flatMap(all -> all)
                .distinct()
                .toList();
    }

    private static List<Path> list(Optional<Path> configured, Optional<Path> named, List<Path> folders, String stem) {
        var usual = folders.stream().flatMap(folder -> SUFFIXES.stream().map(suffix -> folder.resolve(stem + suffix)));
        return Stream.of(configured.stream(), named.stream(), usual)
                .flatMap(all -> all)
                .toList();
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
