package io.orrery.sandbox.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rke2UnitTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "systemctl start rke2-server",
                "systemctl start rke2-server.service",
                "/usr/bin/systemctl enable --now rke2-server",
                "systemctl daemon-reload && systemctl restart --no-block rke2-server.service",
                "sh -c 'systemctl enable rke2-server; systemctl start rke2-server'",
            })
    void aStartedUnitMakesTheRole(String command) {
        assertThat(Rke2Unit.startedBy(new CloudConfig(Map.of(), List.of(command), false)))
                .contains(Rke2Unit.SERVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "systemctl mask rke2-server",
                "systemctl enable rke2-server.service",
                "systemctl stop rke2-server",
                "echo start rke2-server",
                "systemctl start rke2-serverx",
            })
    void otherCommandsDoNot(String command) {
        assertThat(Rke2Unit.startedBy(new CloudConfig(Map.of(), List.of(command), false)))
                .isEmpty();
    }

    @Test
    void aScriptThatWasWrittenMayStartIt() {
        var script = "#!/bin/sh\nset -e\nsystemctl enable --now rke2-agent\n".getBytes(StandardCharsets.UTF_8);

        assertThat(Rke2Unit.startedBy(
                        new CloudConfig(Map.of("/opt/join.sh", script), List.of("bash /opt/join.sh"), false)))
                .contains(Rke2Unit.AGENT);
    }
}
