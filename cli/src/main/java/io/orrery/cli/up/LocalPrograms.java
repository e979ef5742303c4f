package io.orrery.cli.up;

import io.orrery.cli.rest.Endpoints;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the sandbox and the five services are started on this machine. */
final class LocalPrograms {

    private final Path home = RunFolder.home();
    private final String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private final RunFolder folder;
    private final int portOffset;
    private final Optional<String> cloud;
    private final Endpoints endpoints;

    /** @param cloud the genuine one that stands in for the emulated one, if one does */
    LocalPrograms(RunFolder folder, int portOffset, Optional<String> cloud) {
        this.cloud = cloud;
        this.folder = folder;
        this.portOffset = portOffset;
        this.endpoints = new Endpoints("127.0.0.1", portOffset);
    }

    Program sandbox() {
        var target = home.resolve("sandbox/app/target");
        var command = new ArrayList<>(List.of(
                java,
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                target.resolve("orrery-sandbox.jar") + ":" + target.resolve("lib") + "/*",
                "io.orrery.sandbox.SandboxMain",
                "--data",
                folder.data().toString(),
                "--port-offset",
                Integer.toString(portOffset)));
        cloud.ifPresent(name -> command.addAll(List.of("--cloud", name)));
        return new Program("sandbox", command, Map.of(), folder.log("sandbox"));
    }

    List<Program> services(SandboxView sandbox) {
        return List.of(
                service("provisioner", endpoints.provisioner(), sandbox),
                service("cluster", endpoints.cluster(), sandbox),
                service("spark-deployer", endpoints.sparkDeployer(), sandbox),
                service("job-tracker", endpoints.jobTracker(), sandbox),
                service("monitoring", endpoints.monitoring(), sandbox));
    }

    private Program service(String name, URI address, SandboxView sandbox) {
        var command = new ArrayList<String>();
        command.add(java);
        command.addAll(List.of(
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED"));
        settings(address, sandbox).forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(home.resolve("services/" + name + "/target/quarkus-app/quarkus-run.jar")
                .toString());
        return new Program(
                name,
                command,
                Map.of("OS_CLIENT_CONFIG_FILE", sandbox.cloudsYaml().toString()),
                folder.log(name));
    }

    private Map<String, String> settings(URI address, SandboxView sandbox) {
        var settings = new TreeMap<>(Map.of(
                "quarkus.http.port", Integer.toString(address.getPort()),
                "orrery.address", address.toString(),
                "kafka.bootstrap.servers", sandbox.kafka(),
                "orrery.zookeeper.connect", sandbox.zookeeper(),
                "orrery.keys.folder", folder.keys().toString(),
                "orrery.credentials.folder", folder.credentials().toString()));
        if (cloud.isEmpty()) {
            // The emulated cloud shows at once what it has made: after a crash there is less to wait for.
            settings.put("orrery.provisioner.lost-answer", "10s");
        }
        sandbox.apiServers().ifPresent(proxy -> settings.put("orrery.cluster.kubeconfig.proxy", proxy.toString()));
        return settings;
    }

    /** Programs that are not built; empty when all are. */
    List<Path> missing() {
        var needed = new ArrayList<Path>();
        needed.add(home.resolve("sandbox/app/target/orrery-sandbox.jar"));
        for (var name : List.of("provisioner", "cluster", "spark-deployer", "job-tracker", "monitoring")) {
            needed.add(home.resolve("services/" + name + "/target/quarkus-app/quarkus-run.jar"));
        }
        needed.removeIf(Files::exists);
        return needed;
    }
}
