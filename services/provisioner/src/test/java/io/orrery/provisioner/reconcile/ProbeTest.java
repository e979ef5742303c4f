package io.orrery.provisioner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.contracts.Phase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bucket is used before it is told that there is one. */
class ProbeTest {

    private final Works works = new Works();

    @AfterEach
    void close() {
        works.close();
    }

    @ParameterizedTest
    @CsvSource({"put,PutFailed,put an object into", "get,GetFailed,get an object from", "delete,DeleteFailed,delete an"
    })
    void saysWhichUseOfTheBucketFailsAndGoesOnOnceItWorks(String verb, String reason, String words) {
        works.buckets.refuse(verb);
        works.wish(Works.DOCUMENT);
        works.until(() -> reason().equals(reason));

        assertThat(works.infrastructure().orElseThrow().foundation()).isEmpty();
        assertThat(works.infrastructure().orElseThrow().conditions().toString())
                .contains(words, "demo-openeo", "S3 refuses to " + verb);
        works.buckets.up();
        works.untilInfrastructure(status -> status.foundation().isPresent());
        assertThat(works.buckets.buckets.get("demo-openeo")).isEmpty();
    }

    @Test
    void degradesAPlatformWhoseBucketNoLongerTakesAnythingButKeepsItsFoundationTold() {
        works.untilReady();
        works.buckets.refuse("put");
        works.clock.advance(Duration.ofMinutes(6));

        works.untilInfrastructure(status -> status.phase() == Phase.DEGRADED);

        assertThat(reason()).isEqualTo("PutFailed");
        assertThat(works.infrastructure().orElseThrow().foundation()).isPresent();
        works.buckets.up();
        works.untilInfrastructure(status -> status.phase() == Phase.READY);
    }

    @Test
    void waitsWhileS3IsAwayAndGoesOnByItself() {
        works.buckets.down("S3 gave no answer");
        works.wish(Works.DOCUMENT);
        works.until(() -> reason().equals("CloudSilent"));

        works.buckets.up();

        works.untilInfrastructure(status -> status.foundation().isPresent());
    }

    private String reason() {
        return works.infrastructure()
                .flatMap(status -> status.conditions().stream()
                        .filter(condition -> condition.type().equals("CloudWorks"))
                        .findFirst())
                .map(condition -> condition.reason())
                .orElse("");
    }
}
