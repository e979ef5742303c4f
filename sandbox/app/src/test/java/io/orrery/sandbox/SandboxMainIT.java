package io.orrery.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.sandbox.backbone.BackboneException;
import io.orrery.sandbox.backbone.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxMainIT {
    private static Process start(Path data, int offset) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxMain.class.getName(),
                        "--data",
                        data.toString(),
                        "--port-offset",
                        String.valueOf(offset))
                .start();
    }

    private static int freeOffset() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(11_000, 20_000))
                .filter(SandboxMainIT::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int offset) {
        try {
            var ports = Ports.usual(offset).byProgram();
            ports.putAll(Map.of("OpenStack", 8774 + offset, "status", 8775 + offset));
            Ports.requireFree(ports);
            return true;
        } catch (BackboneException e) {
            return false;
        }
    }

    @Test
    void saysInOneLineWhereEverythingIsAndEndsInOrderWhenTold(@TempDir Path data, @TempDir Path other)
            throws Exception {
        var offset = freeOffset();
        var sandbox = start(data, offset);
        try (var output = sandbox.inputReader()) {
            var line = new ObjectMapper().readTree(output.readLine());
            assertThat(line.path("kafka").asText()).isEqualTo("127.0.0.1:" + (9092 + offset));
            assertThat(line.path("pid").asLong()).isEqualTo(sandbox.pid());

            var second = start(other, offset);
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(second.errorReader().lines())
                    .anyMatch(text -> text.contains("Kafka (port " + (9092 + offset) + ")"))
                    .noneMatch(text -> text.startsWith("\tat "));

            sandbox.toHandle().destroy(); // Process.destroy would close its output too
            assertThat(sandbox.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(data.resolve("sandbox.json")).doesNotExist();
            assertThat(output.readLine()).isNull();
        } finally {
            sandbox.destroyForcibly();
        }
    }
}
