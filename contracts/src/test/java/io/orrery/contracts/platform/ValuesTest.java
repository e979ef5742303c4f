package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that have a text of their own. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.0/24, true",
        "10.1.2.0/24, 10.0.0.0/8, true",
        "10.1.2.0/24, 10.1.3.0/24, false",
        "0.0.0.0/0, 203.0.113.0/24, true",
        "0.0.0.0/0, ::/0, false",
        "2001:db8::/32, 2001:db8:1::/48, true",
        "10.0.0.0/32, 10.0.0.0/32, true"
    })
    void rangesKnowWhetherTheyOverlap(String one, String other, boolean overlap) {
        assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(overlap);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/33",
                "10.0.0.1/24",
                "10.0.0/24",
                "010.0.0.0/8",
                "10.0.0.0.0/8",
                "::1/64",
                "2001:db8::/129",
                "g::/0",
                ".:1/64",
                "localhost/8",
                "1/8"
            })
    void rangesAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
    }

    @Test
    void rangesAreWrittenAsTheyCanBeReadAgain() {
        for (var text : List.of("10.20.0.0/24", "0.0.0.0/0", "2001:db8::/32", "::/0")) {
            assertThat(Cidr.parse(Cidr.parse(text).toString())).isEqualTo(Cidr.parse(text));
        }
    }

    @ParameterizedTest
    @CsvSource({"10.20.0.0/24, 10.20.0.1", "10.20.0.128/25, 10.20.0.129", "2001:db8::/64, 2001:db8:0:0:0:0:0:1"})
    void rangesKnowTheirFirstAddress(String range, String first) {
        assertThat(Cidr.parse(range).first().getHostAddress()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "512m, 512, 512m, 512Mi",
        "1024m, 1024, 1g, 1Gi",
        "4g, 4096, 4g, 4Gi",
        "4Gi, 4096, 4g, 4Gi",
        "1t, 1048576, 1024g, 1024Gi",
        "1536Mi, 1536, 1536m, 1536Mi"
    })
    void memoryIsWrittenForSparkAndForKubernetes(String text, long mebibytes, String spark, String kubernetes) {
        var memory = Memory.parse(text);

        assertThat(memory.mebibytes()).isEqualTo(mebibytes);
        assertThat(memory.forSpark()).isEqualTo(spark);
        assertThat(memory.forKubernetes()).isEqualTo(kubernetes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "4G", "4k", "0g", "-1g", "4.5g", "4 g", "9999999999g"})
    void memoryIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"90d, P90D, 90d", "24h, P1D, 1d", "90m, PT90M, 90m", "120s, PT2M, 2m", "61s, PT61S, 61s", "0s, PT0S, 0d"
    })
    void timesAreWrittenInTheirLargestUnit(String text, Duration expected, String written) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
        assertThat(Durations.write(expected)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"a:NoSchedule, a, ''", "a=:NoSchedule, a, ''", "example.org/a=b:NoSchedule, example.org/a, b"})
    void taintsHaveKeyAndValue(String text, String key, String value) {
        assertThat(Taint.parse(text)).isEqualTo(new Taint(key, value, Taint.Effect.NO_SCHEDULE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *",
                "*/5 * * * *",
                "0 0 1 1 0",
                "59 23 31 12 6",
                "1-5,7,9-20/3 * * jan-mar mon",
                "@hourly",
                "? 1/2 * * *"
            })
    void cronExpressionsAreTaken(String text) {
        assertThat(Cron.parse(text).expression()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 7",
                "*/0 * * * *",
                "5-1 * * * *",
                "a * * * *",
                "*-5 * * * *",
                ", * * * *",
                "@sometimes",
                "* * * foo *"
            })
    void cronExpressionsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"cuont, count", "Pools, pools", "labls, labels", "flavour, flavor", "poolz, pools"})
    void theNearestWordIsTheOneMeant(String word, String meant) {
        assertThat(Nearest.to(word, List.of("count", "pools", "labels", "flavor")))
                .contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "replicas-of-something-else", "zz"})
    void noWordIsNearToSomethingElse(String word) {
        assertThat(Nearest.to(word, List.of("count", "pools", "labels", "flavor")))
                .isEmpty();
    }

    @Test
    void pointersEscapeAsTheyMust() {
        assertThat(Pointer.ROOT.to("a/b").to("~").to(0)).hasToString("/a~1b/~0/0");
    }
}
