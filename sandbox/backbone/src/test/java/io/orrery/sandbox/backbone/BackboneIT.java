package io.orrery.sandbox.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackboneIT {
    @Test
    void whatWasWrittenIsThereWhenTheDataFolderIsUsedAgain(@TempDir Path folder) throws Exception {
        try (var first = Backbone.start(BackboneSettings.keptIn(folder))) {
            Topics.make(first.kafka(), "kept", Map.of());
            Topics.send(first.kafka(), "kept", "a", "value");
            try (var client = zookeeper(first)) {
                client.create().forPath("/kept");
            }
        }

        try (var second = Backbone.start(BackboneSettings.keptIn(folder));
                var client = zookeeper(second)) {
            assertThat(Topics.read(second.kafka(), "kept"))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("value");
            assertThat(client.checkExists().forPath("/kept")).isNotNull();
        }
    }

    private static org.apache.curator.framework.CuratorFramework zookeeper(Backbone backbone) {
        var client = CuratorFrameworkFactory.newClient(backbone.zookeeper().connectString(), new RetryOneTime(1000));
        client.start();
        return client;
    }

    @Test
    void aPortInUseIsToldWithTheProgramThatWantsIt() throws Exception {
        try (var squatter = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            var taken = squatter.getLocalPort();

            assertThatExceptionOfType(BackboneException.class)
                    .isThrownBy(
                            () -> Backbone.start(BackboneSettings.temporary().withPorts(new Ports(0, 0, taken, 0))))
                    .withMessageContaining("ZooKeeper (port " + taken + ")")
                    .withMessageContaining("port offset");
        }
    }

    @Test
    void aDataFolderServesOneBackboneAtATime(@TempDir Path folder) {
        try (var first = Backbone.start(BackboneSettings.keptIn(folder))) {
            assertThat(first.data()).isEqualTo(folder);
            assertThatExceptionOfType(BackboneException.class)
                    .isThrownBy(() -> Backbone.start(BackboneSettings.keptIn(folder)))
                    .withMessageContaining(folder.toString());
        }
    }

    @Test
    void aTemporaryFolderGoesWithItsBackboneAndThePortsAreFreeAgain() {
        var backbone = Backbone.start(BackboneSettings.temporary());
        var port = backbone.s3().endpoint().getPort();
        assertThat(Listening.isFree(port)).isFalse();

        backbone.close();
        backbone.close();

        assertThat(Files.exists(backbone.data())).isFalse();
        assertThat(Listening.isFree(port)).isTrue();
        assertThat(backbone.programs()).noneMatch(Program::running);
    }
}
