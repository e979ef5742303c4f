package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChangesTest {

    private final Platform before = Documents.valid(Documents.brief());

    /** What is put where; the one change that comes of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    /spec/pools/1/count           | 5                       | /spec/pools/1/count           | spec.pools[workers].count        | LIVE
                    /spec/pools/1/flavor          | eo2.2xlarge             | /spec/pools/1/flavor          | spec.pools[workers].flavor       | ROLL
                    /spec/pools/1/volume          | {size: 100}             | /spec/pools/1/volume          | spec.pools[workers].volume       | ROLL
                    /spec/pools/1/labels          | {a: b}                  | /spec/pools/1/labels/a        | spec.pools[workers].labels.a     | LIVE
                    /spec/pools/1/taints          | ['a=b:NoSchedule']      | /spec/pools/1/taints          | spec.pools[workers].taints       | LIVE
                    /spec/pools/1/spread          | none                    | /spec/pools/1/spread          | spec.pools[workers].spread       | ROLL
                    /spec/pools/2                 | {name: more, role: agent, count: 1, flavor: f} | /spec/pools/2 | spec.pools[more]          | LIVE
                    /spec/cloud/name              | other                   | /spec/cloud/name              | spec.cloud.name                  | REFUSED
                    /spec/cloud/region            | other                   | /spec/cloud/region            | spec.cloud.region                | REFUSED
                    /spec/image                   | {build: {base: Debian}} | /spec/image/build/base        | spec.image.build.base            | ROLL
                    /spec/image                   | {name: ready-made}      | /spec/image                   | spec.image                       | ROLL
                    /spec/network/cidr            | 10.30.0.0/24            | /spec/network/cidr            | spec.network.cidr                | REFUSED
                    /spec/network/attach          | [eodata]                | /spec/network/attach          | spec.network.attach              | ROLL
                    /spec/network/allow/api       | [192.0.2.0/24]          | /spec/network/allow/api       | spec.network.allow.api           | LIVE
                    /spec/kubernetes/version      | v1.35.5+rke2r1          | /spec/kubernetes/version      | spec.kubernetes.version          | ROLL
                    /spec/kubernetes/version      | v1.36.0+rke2r1          | /spec/kubernetes/version      | spec.kubernetes.version          | ROLL
                    /spec/kubernetes/version      | v1.37.0+rke2r1          | /spec/kubernetes/version      | spec.kubernetes.version          | REFUSED
                    /spec/kubernetes/version      | v1.34.9+rke2r1          | /spec/kubernetes/version      | spec.kubernetes.version          | REFUSED
                    /spec/kubernetes/version      | v1.35.3+rke2r1          | /spec/kubernetes/version      | spec.kubernetes.version          | REFUSED
                    /spec/kubernetes/cni          | cilium                  | /spec/kubernetes/cni          | spec.kubernetes.cni              | REFUSED
                    /spec/storage/s3              | {bucket: other}         | /spec/storage/s3/bucket       | spec.storage.s3.bucket           | REFUSED
                    /spec/storage/s3              | {credentials: other}    | /spec/storage/s3/credentials  | spec.storage.s3.credentials      | LIVE
                    /spec/spark/jobs/namespace    | others                  | /spec/spark/jobs/namespace    | spec.spark.jobs.namespace        | REBUILD
                    /spec/openeo/host             | other.example.org       | /spec/openeo/host             | spec.openeo.host                 | LIVE
                    /spec/openeo/collections      | {file: f}               | /spec/openeo/collections      | spec.openeo.collections          | LIVE
                    /spec/openeo/env              | {A: b}                  | /spec/openeo/env/A            | spec.openeo.env.A                | LIVE
                    /spec/jobs/registry           | {url: 'https://r'}      | /spec/jobs/registry           | spec.jobs.registry               | LIVE
                    /spec/monitoring/grafana      | false                   | /spec/monitoring/grafana      | spec.monitoring.grafana          | LIVE
                    /metadata/name                | other                   | /metadata/name                | metadata.name                    | REFUSED
                    """)
    void findsTheChangeAndItsClass(String put, String value, String pointer, String path, ChangeClass expected) {
        // the bucket's default follows the name, and is not what is looked at here
        var after = Documents.valid(Documents.briefWith(put, value));

        assertThat(Changes.between(before, after).all())
                .filteredOn(change ->
                        !put.equals("/metadata/name") || !change.path().endsWith("bucket"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.pointer()).isEqualTo(pointer);
                    assertThat(change.path()).isEqualTo(path);
                    assertThat(change.changeClass()).isEqualTo(expected);
                });
    }

    @Test
    void tellsBothValuesAsTheDocumentSaysThem() {
        var after = Documents.valid(Documents.briefWith("/spec/jobs/retention", "30d"));

        assertThat(Changes.between(before, after).all())
                .containsExactly(new Change(
                        "/spec/jobs/retention",
                        "spec.jobs.retention",
                        Optional.of("90d"),
                        Optional.of("30d"),
                        ChangeClass.LIVE,
                        Optional.empty()));
    }

    @Test
    void saysWhyAVersionIsRefused() {
        var after = Documents.valid(Documents.briefWith("/spec/kubernetes/version", "v1.37.0+rke2r1"));

        assertThat(Changes.between(before, after).all())
                .singleElement()
                .extracting(Change::note)
                .isEqualTo(Optional.of("a minor version must not be skipped: go to v1.36 first"));
    }

    @Test
    void findsNothingWhenOnlyDefaultsWereWrittenOut() {
        assertThat(Changes.between(before, Documents.valid(PlatformWriter.toTree(before)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void matchesPoolsByNameAndNotByPosition() {
        var after = Documents.valid(Documents.with(Documents.brief(), "/spec/pools", """
                [{name: workers, role: agent, count: 2, flavor: eo2.xlarge},
                 {name: control, role: server, count: 3, flavor: eo1.large}]
                """));

        assertThat(Changes.between(before, after).isEmpty()).isTrue();
    }

    @Test
    void takesARenamedPoolForOneGoneAndOneCome() {
        var after = Documents.valid(Documents.briefWith("/spec/pools/1/name", "others"));

        assertThat(Changes.between(before, after).all())
                .extracting(Change::path, change -> change.from().isPresent(), change -> change.to()
                        .isPresent())
                .containsExactly(tuple("spec.pools[others]", false, true), tuple("spec.pools[workers]", true, false));
    }

    @Test
    void takesAManagedKubernetesAndAnExistingOneForDifferentThings() {
        var after = Documents.valid(Documents.existing());

        assertThat(Changes.between(before, after).highest()).contains(ChangeClass.REFUSED);
        assertThat(Changes.between(before, after).of(ChangeClass.REFUSED))
                .extracting(Change::pointer)
                .contains("/spec/kubernetes", "/spec/cloud");
    }

    @Test
    void ranksTheHighestClass() {
        var after = Documents.valid(Documents.with(Documents.brief(), "/spec/pools", """
                [{name: control, role: server, count: 5, flavor: eo1.large},
                 {name: workers, role: agent, count: 2, flavor: eo2.2xlarge}]
                """));

        assertThat(Changes.between(before, after).highest()).contains(ChangeClass.ROLL);
        assertThat(Changes.between(before, before).highest()).isEmpty();
    }

    /** A field that comparison passed over would be changed without anybody being told. */
    @ParameterizedTest
    @MethodSource("seeds")
    void findsSomethingWheneverPlatformsDiffer(long seed) {
        var one = RandomPlatforms.platform(seed);
        var other = RandomPlatforms.platform(seed + 1);

        assertThat(Changes.between(one, other).isEmpty()).isEqualTo(one.equals(other));
        assertThat(Changes.between(one, one).all()).isEmpty();
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(200);
    }

    @Test
    void orderIsThatOfRisingCost() {
        assertThat(List.of(ChangeClass.values()))
                .containsExactly(ChangeClass.LIVE, ChangeClass.ROLL, ChangeClass.REBUILD, ChangeClass.REFUSED);
    }
}
