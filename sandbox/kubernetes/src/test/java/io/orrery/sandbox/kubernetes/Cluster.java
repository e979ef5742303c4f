package io.orrery.sandbox.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the rules are checked: on the emulated server, and on genuine ones where there are any. */
enum Cluster {
    EMULATED,
    /** The one that KUBECONFIG names, with its controllers. */
    GENUINE,
    /** The genuine kube-apiserver and etcd of fabric8's kube-api-test, offline, without controllers. */
    GENUINE_SERVER_ONLY;

    private static final Path BINARIES = Path.of(System.getProperty("user.home"), ".kubeapitest", "k8s");

    /** Skips the test, with a word, where there is no such cluster. */
    Config connect() {
        return switch (this) {
            case EMULATED -> Emulated.CONFIG;
            case GENUINE -> {
                assumeTrue(System.getenv("KUBECONFIG") != null, "no genuine cluster: KUBECONFIG is not set");
                yield Config.autoConfigure(null);
            }
            case GENUINE_SERVER_ONLY -> {
                assumeTrue(Files.isDirectory(BINARIES), "no genuine API server: no binaries of kube-api-test in place");
                yield ServerOnly.CONFIG;
            }
        };
    }

    /** Whether namespaces end and owned objects go. */
    boolean hasControllers() {
        return this != GENUINE_SERVER_ONLY;
    }

    /** One for all tests of a JVM. */
    private static final class Emulated {
        private static final ClusterPki PKI = ClusterPki.create();
        private static final ApiServer SERVER = ApiServer.start(ApiServerSettings.with(PKI));
        private static final Config CONFIG = Clients.admin(SERVER.url(), PKI);
    }

    private static final class ServerOnly {
        private static final Config CONFIG = start();

        private static Config start() {
            var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .build());
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            return Config.fromKubeconfig(server.getKubeConfigYaml());
        }
    }
}
