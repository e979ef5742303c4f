package io.orrery.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl, found on the PATH, with a kubeconfig and a cache of its own. */
record Kubectl(Path home, Path kubeconfig) {

    /** kubectl takes what begins with a brace for JSON; a comment before it makes it YAML. */
    private static final String YAML = "# YAML\n";

    /** What a run said and how it ended. */
    record Run(int code, String text) {}

    static boolean isInstalled() {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    static Kubectl of(Path home, Config config) throws IOException {
        var kubeconfig = home.resolve("config");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: %s}}]
                users: [{name: u, user: {client-certificate-data: %s, client-key-data: %s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(
                config.getMasterUrl(), config.getCaCertData(), config.getClientCertData(), config.getClientKeyData()));
        return new Kubectl(home, kubeconfig);
    }

    /** Runs and expects success; gives what was said. */
    String ok(String input, String... arguments) {
        var run = run(input, arguments);
        assertThat(run.code()).as(run.text()).isZero();
        return run.text();
    }

    Run run(String input, String... arguments) {
        var command = new ArrayList<>(List.of(
                "kubectl",
                "--kubeconfig=" + kubeconfig,
                "--cache-dir=" + home.resolve("cache"),
                "--request-timeout=20s"));
        command.addAll(List.of(arguments));
        try {
            var output = Files.createTempFile(home, "run", ".txt");
            var in = Files.writeString(Files.createTempFile(home, "run", ".in"), YAML + input);
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(in.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl did not end: " + command);
            }
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("kubectl could not be run", e);
        }
    }
}
