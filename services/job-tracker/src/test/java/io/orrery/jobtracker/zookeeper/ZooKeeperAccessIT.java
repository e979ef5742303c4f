package io.orrery.jobtracker.zookeeper;

import static io.orrery.jobtracker.Samples.job;
import static io.orrery.jobtracker.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orrery.jobtracker.registry.Caller;
import io.orrery.jobtracker.registry.Registry;
import io.orrery.reconciler.runtime.ZooKeeperConfig;
import io.orrery.reconciler.runtime.ZooKeeperConnection;
import io.orrery.sandbox.kubernetes.pki.CertificateAuthority;
import io.orrery.sandbox.kubernetes.pki.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.KeeperException.NoAuthException;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A genuine ZooKeeper of the test's own, as an operator would lock it. */
class ZooKeeperAccessIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Caller DEMO = new Caller("openeo", Set.of("demo"));

    @TempDir
    Path folder;

    private record Setup(String connect, Optional<Path> credentials, Optional<Tls> tls) implements ZooKeeperConfig {
        @Override
        public Duration sessionTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration connectionTimeout() {
            return Duration.ofSeconds(5);
        }
    }

    private record Pems(Path trusted, Optional<Path> identity) implements ZooKeeperConfig.Tls {}

    @Test
    void whatIsMadeWithCredentialsIsNobodyElses() throws Exception {
        var credentials = Optional.of(Files.writeString(folder.resolve("credentials"), "orrery:secret\n"));
        var properties = new Properties();
        properties.put("clientPort", freePort());
        try (var server = started(properties)) {
            try (var ours = client(new Setup(server.getConnectionString(), credentials, Optional.empty()))) {
                works(ours);
            }
            try (var stranger = client(new Setup(server.getConnectionString(), Optional.empty(), Optional.empty()))) {
                assertThat(stranger.blockUntilConnected(30, TimeUnit.SECONDS)).isTrue();
                for (var path : List.of("/orrery", Paths.job("j-1"), "/orrery/job-bodies")) {
                    assertThatThrownBy(() -> stranger.getChildren().forPath(path))
                            .isInstanceOf(NoAuthException.class);
                }
                assertThatThrownBy(() -> stranger.delete().forPath(Paths.job("j-1")))
                        .isInstanceOf(NoAuthException.class);
            }
        }
    }

    @Test
    void speaksTlsAndShowsACertificateWhereItIsAskedForOne() throws Exception {
        var authority = CertificateAuthority.create("zookeeper");
        var trusted = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        var server = pem("server.pem", authority.issueServer("zookeeper", List.of("127.0.0.1", "localhost"), LIFE));
        var identity = pem("client.pem", authority.issueClient("orrery", List.of(), LIFE));
        var strangers = pem("stranger.pem", CertificateAuthority.create("x").issueClient("x", List.of(), LIFE));
        var properties = new Properties();
        properties.put("secureClientPort", freePort());
        properties.put("serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory");
        properties.put("ssl.keyStore.location", server.toString());
        properties.put("ssl.trustStore.location", trusted.toString());
        properties.put("ssl.clientAuth", "need");
        try (var secured = started(properties)) {
            var connect = secured.getSecureConnectionString();
            try (var ours = client(new Setup(connect, Optional.empty(), tls(trusted, identity)))) {
                works(ours);
            }
            try (var stranger = client(new Setup(connect, Optional.empty(), tls(trusted, strangers)))) {
                assertThat(stranger.blockUntilConnected(3, TimeUnit.SECONDS)).isFalse();
            }
        } finally {
            properties.stringPropertyNames().forEach(name -> System.clearProperty("zookeeper." + name));
        }
    }

    private static void works(CuratorFramework zookeeper) {
        try (var store = new ZooKeeperJobs(zookeeper)) {
            var registry = new Registry(store, new ZooKeeperBodies(zookeeper), Clock.systemUTC());
            registry.open();
            await().atMost(DEADLINE).until(registry::isLoaded);
            var large = job("j-1", "demo", "anna").put("description", "x".repeat(10_000));
            registry.create(DEMO, large);
            registry.patch(DEMO, "j-1", json("{\"status\": \"queued\"}"));
            assertThat(registry.findWhole("j-1").orElseThrow().document().path("description"))
                    .isEqualTo(large.path("description"));
        }
    }

    private ZooKeeperServerEmbedded started(Properties properties) throws Exception {
        properties.put("dataDir", folder.resolve("data").toString());
        properties.put("admin.enableServer", "false");
        properties.put(
                properties.containsKey("clientPort") ? "clientPortAddress" : "secureClientPortAddress", "127.0.0.1");
        var server = ZooKeeperServerEmbedded.builder()
                .baseDir(folder)
                .configuration(properties)
                .exitHandler(ExitHandler.LOG_ONLY)
                .build();
        server.start(DEADLINE.toMillis());
        return server;
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    private static CuratorFramework client(ZooKeeperConfig config) {
        var client = ZooKeeperConnection.builder(config)
                .retryPolicy(new RetryNTimes(3, 100))
                .build();
        client.start();
        return client;
    }

    private static Optional<ZooKeeperConfig.Tls> tls(Path trusted, Path identity) {
        return Optional.of(new Pems(trusted, Optional.of(identity)));
    }

    private Path pem(String name, Identity identity) throws IOException {
        return Files.writeString(folder.resolve(name), identity.keyPem() + identity.certificatePem());
    }
}
