package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.PlatformName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformReaderTest {

    @Test
    void fillsAShortDocumentWithDefaults() {
        var platform = Documents.valid(Documents.brief());
        var spec = platform.spec();

        assertThat(platform.name()).isEqualTo(new PlatformName("demo"));
        assertThat(spec.image()).isEqualTo(new Image.Built(new Image.Recipe("Ubuntu 22.04 LTS", Optional.empty())));
        assertThat(spec.network().cidr()).isEqualTo(Cidr.parse("10.20.0.0/24"));
        assertThat(spec.network().allow().api()).containsExactly(Cidr.parse("0.0.0.0/0"));
        assertThat(spec.network().allow().ssh()).isEmpty();
        assertThat(spec.kubernetes()).isInstanceOfSatisfying(Kubernetes.Managed.class, managed -> {
            assertThat(managed.distribution()).isEqualTo(Kubernetes.Distribution.RKE2);
            assertThat(managed.version()).isEqualTo("v1.35.4+rke2r1");
            assertThat(managed.snapshots().keep()).isEqualTo(5);
        });
        assertThat(spec.pools()).extracting(Pool::spread).containsOnly(Pool.Spread.SOFT_ANTI_AFFINITY);
        assertThat(spec.storage().s3().bucket()).isEqualTo("demo-openeo");
        assertThat(spec.storage().s3().endpoint()).isEmpty();
        assertThat(spec.spark().operator().chart().repo())
                .isEqualTo(URI.create("https://kubeflow.github.io/spark-operator"));
        assertThat(spec.openeo().driver()).isEqualTo(new OpenEo.Driver(1, Memory.parse("4g")));
        assertThat(spec.jobs().retention()).isEqualTo(Duration.ofDays(90));
        assertThat(spec.jobs().registry()).isEmpty();
        assertThat(spec.monitoring().cost()).isEqualTo(Monitoring.Cost.OPENCOST);
        assertThat(spec.policy()).isEqualTo(new Policy(Policy.Drift.REPAIR, 5, true));
    }

    @Test
    void countsServersAndAgents() {
        var spec = Documents.valid(Documents.brief()).spec();

        assertThat(List.of(spec.servers(), spec.agents())).containsExactly(3, 2);
    }

    @Test
    void needsNeitherCloudNorPoolsForAnExistingKubernetes() {
        var spec = Documents.valid(Documents.existing()).spec();

        assertThat(spec.cloud()).isEmpty();
        assertThat(spec.pools()).isEmpty();
        assertThat(spec.kubernetes()).isEqualTo(new Kubernetes.Existing(new Kubernetes.Found("my-cluster")));
    }

    @Test
    void takesNullForAnAbsentKey() {
        assertThat(Documents.valid(Documents.briefWith("/spec/network", "null")))
                .isEqualTo(Documents.valid(Documents.brief()));
    }

    @Test
    void tellsNamedImagesFromBuiltOnes() {
        var platform = Documents.valid(Documents.briefWith("/spec/image", "{name: ready-made}"));

        assertThat(platform.spec().image()).isEqualTo(new Image.Named("ready-made"));
    }

    @Test
    void keepsInlineCollectionsAsTheyAre() {
        var tree = Documents.briefWith(
                "/spec/openeo/collections",
                "{inline: [{id: A, extent: {t: [[1.5, null, 3]]}, n: 99999999999999999999}]}");

        assertThat(Documents.valid(tree).spec().openeo().collections())
                .isInstanceOfSatisfying(LayerCatalogue.Inline.class, catalogue -> assertThat(
                                Documents.YAML.valueToTree(catalogue.inline()).toString())
                        .isEqualTo("[{\"id\":\"A\",\"extent\":{\"t\":[[1.5,null,3]]},\"n\":99999999999999999999}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    /spec/pools/0/count            | 1
                    /spec/pools/0/count            | 5
                    /spec/pools/0/count            | 3.0
                    /spec/pools/0/name             | a
                    /spec/pools/1/taints           | ['a=b:NoSchedule', 'a=b:NoExecute']
                    /spec/pools/1/labels           | {example.org/a: '', node.kubernetes.io/b: c, plain: 'true'}
                    /spec/pools/1/zones            | [az1, az2]
                    /spec/pools/1/volume           | {size: 1, type: ssd, use: boot}
                    /spec/network/cidr             | 10.0.0.0/16
                    /spec/network/cidr             | 192.168.7.16/28
                    /spec/network/allow/api        | ['2001:db8::/32', 198.51.100.7/32]
                    /spec/network/allow/api        | []
                    /spec/network/dns              | [9.9.9.9, '2620:fe::fe']
                    /spec/network/borrow           | {network: theirs, subnet: theirs}
                    /spec/kubernetes               | {distribution: rke, version: v1.32.6-rancher1-1}
                    /spec/kubernetes               | {version: v1.36.0-rc1+rke2r1, cni: cilium}
                    /spec/storage/s3               | {endpoint: 'http://127.0.0.1:9000', region: RegionOne}
                    /spec/openeo/host              | localhost
                    /spec/openeo/image             | registry.example.org:5000/a/b:1.0
                    /spec/openeo/env               | {KUBE: 'true', EMPTY: '', OIDC_TOKEN_URL: 'https://a'}
                    /spec/openeo/collections       | {file: catalogues/layercatalog.json}
                    /spec/jobs/registry            | {url: 'https://registry.example.org/api', credentials: ejr}
                    /spec/jobs/costs               | {cpuHour: 0.1, fee: 2}
                    /spec/jobs/cron                | '@hourly'
                    /spec/spark/operator/chart     | {repo: 'oci://charts.example.org/spark'}
                    """)
    void takes(String pointer, String value) {
        assertThat(PlatformReader.read(Documents.briefWith(pointer, value))).isInstanceOf(Reading.Valid.class);
    }
}
