package io.orrery.cluster.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.cluster.model.ClusterKeys;
import io.orrery.cluster.model.Kubeconfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** Mints kubeconfigs from the client CA: no machine has to be asked, and no API server has to run yet. */
public final class Kubeconfigs {

    private static final String USER = "kubernetes-admin";
    private static final String GROUP = "system:masters";

    private final RsaKeys rsaKeys;
    private final Clock clock;
    private final Optional<URI> proxy;

    /** @param rsaKeys clients on the JVM read other keys only with a library that they may lack */
    public Kubeconfigs(RsaKeys rsaKeys, Clock clock) {
        this(rsaKeys, clock, Optional.empty());
    }

    private Kubeconfigs(RsaKeys rsaKeys, Clock clock, Optional<URI> proxy) {
        this.rsaKeys = rsaKeys;
        this.clock = clock;
        this.proxy = proxy;
    }

    /**
     * Such that lead to the API servers through a SOCKS proxy, whoever uses them.
     *
     * @param socksProxy {@code socks5://host:port}, as fabric8 passes by an {@code http://} one on its way to HTTPS
     */
    public Kubeconfigs through(URI socksProxy) {
        return new Kubeconfigs(rsaKeys, clock, Optional.of(socksProxy));
    }

    /** @param name what the cluster is called in it */
    public Kubeconfig mint(String name, URI apiServer, ClusterKeys keys, Duration life) {
        // certificates know whole seconds
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var expires = now.plus(life);
        var client = Authority.issueClient(keys.clientCa(), rsaKeys.take(), USER, GROUP, now, expires);
        var yaml = """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s%6$s
                    certificate-authority-data: %3$s
                users:
                - name: %1$s-admin
                  user:
                    client-certificate-data: %4$s
                    client-key-data: %5$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s-admin
                current-context: %1$s
                """.formatted(
                        name,
                        apiServer,
                        base64(keys.serverCa().certificate()),
                        base64(client.certificate()),
                        base64(client.key()),
                        proxy.map("\n    proxy-url: %s"::formatted).orElse(""));
        return new Kubeconfig(apiServer, yaml, expires);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
