package io.orrery.cluster.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.orrery.cluster.HandClock;
import io.orrery.cluster.Samples;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KubeconfigsTest {

    private static final URI API = URI.create("https://127.64.0.7:6443");

    private final HandClock clock = new HandClock(Samples.NOON);
    private final KeyMaker maker = new KeyMaker(Samples.rsaKeys(), clock);
    private final Kubeconfigs kubeconfigs = new Kubeconfigs(Samples.rsaKeys(), clock);

    @Test
    void isAnAdministratorsSignedByTheClientCa() {
        var keys = maker.make("demo");

        var client = client(Config.fromKubeconfig(
                kubeconfigs.mint("demo", API, keys, Duration.ofDays(7)).yaml()));

        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=kubernetes-admin,O=system:masters");
        assertThatCode(() -> client.verify(
                        Pem.certificate(keys.clientCa().certificate()).getPublicKey()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> client.verify(
                        Pem.certificate(maker.make("other").clientCa().certificate())
                                .getPublicKey()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void knowsTheServerByTheServerCa() {
        var keys = maker.make("demo");

        var config = Config.fromKubeconfig(
                kubeconfigs.mint("demo", API, keys, Duration.ofDays(7)).yaml());

        assertThat(config.getMasterUrl()).startsWith(API.toString());
        assertThat(new String(Base64.getDecoder().decode(config.getCaCertData()), UTF_8))
                .isEqualTo(keys.serverCa().certificate());
    }

    @Test
    void lastsAsLongAsAsked() {
        var kubeconfig = kubeconfigs.mint("demo", API, maker.make("demo"), Duration.ofHours(8));

        assertThat(kubeconfig.expires()).isEqualTo(Samples.NOON.plus(Duration.ofHours(8)));
        assertThat(client(Config.fromKubeconfig(kubeconfig.yaml()))
                        .getNotAfter()
                        .toInstant())
                .isEqualTo(kubeconfig.expires());
        assertThat(kubeconfig.toString()).doesNotContain("key");
    }

    @Test
    void leadsThroughTheProxyWhereThereIsOne() {
        var through = kubeconfigs.through(URI.create("socks5://127.0.0.1:1080"));

        var config = Config.fromKubeconfig(through.mint("demo", API, maker.make("demo"), Duration.ofDays(7))
                .yaml());

        assertThat(config.getMasterUrl()).startsWith(API.toString());
        assertThat(config.getHttpsProxy()).isEqualTo("socks5://127.0.0.1:1080");
    }

    private static X509Certificate client(Config config) {
        return Pem.certificate(new String(Base64.getDecoder().decode(config.getClientCertData()), UTF_8));
    }
}
