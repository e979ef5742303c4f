package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void demoIsThePlatformOfTheSandbox() {
        var demo = Documents.valid(Documents.example("demo.yaml"));

        assertThat(demo.name()).hasToString("demo");
        assertThat(demo.spec().cloud().orElseThrow().name()).isEqualTo("sandbox");
        assertThat(demo.spec().servers()).isEqualTo(3);
        assertThat(demo.spec().agents()).isEqualTo(2);
        assertThat(demo.spec().storage().s3().bucket()).isEqualTo("demo-openeo");
        assertThat(demo.spec().openeo().collections())
                .isInstanceOfSatisfying(LayerCatalogue.Inline.class, catalogue -> assertThat(catalogue.inline())
                        .extracting(collection -> collection.get("id"))
                        .containsExactly("SENTINEL2_L2A", "SENTINEL2_L1C"));
    }

    /** Vcpus of the flavors in the sandbox; its project has a quota of 20 instances and 80 cores. */
    @Test
    void demoFitsIntoTheSandbox() {
        var cores = Map.of("eo1.large", 2, "eo2.xlarge", 4);
        var pools = Documents.valid(Documents.example("demo.yaml")).spec().pools();

        assertThat(pools.stream().mapToInt(Pool::count).sum()).isLessThanOrEqualTo(20);
        assertThat(pools.stream()
                        .mapToInt(pool -> pool.count() * cores.get(pool.flavor()))
                        .sum())
                .isLessThanOrEqualTo(80);
    }

    @Test
    void creodiasSaysWhatItNamesAndKeepsTheRest() {
        var platform = Documents.valid(Documents.example("creodias.yaml"));

        assertThat(platform.spec().network().attach()).containsExactly("eodata");
        assertThat(platform.spec().pools()).hasSize(3);
        assertThat(platform.spec().openeo().secrets()).containsExactly("creodias-eodata");
        assertThat(platform.spec().monitoring().namespace()).isEqualTo("monitoring");
    }
}
