package io.orrery.sandbox.kubernetes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.sandbox.kubernetes.model.ApiError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "PT5S,5s",
        "PT3M,3m",
        "PT3M5S,3m5s",
        "PT90M,90m",
        "PT5H10M,5h10m",
        "PT30H,30h",
        "P3DT2H,3d2h",
        "P30D,30d"
    })
    void agesAreToldAsUpstreamDoes(Duration age, String words) {
        assertThat(Age.of(age)).isEqualTo(words);
    }

    @Test
    void proxiedThingsAreNamedWithSchemeAndPort() {
        assertThat(ProxyId.parse("web")).isEqualTo(new ProxyId("", "web", ""));
        assertThat(ProxyId.parse("web:http")).isEqualTo(new ProxyId("", "web", "http"));
        assertThat(ProxyId.parse("https:web:443").isTls()).isTrue();
        assertThatThrownBy(() -> ProxyId.parse("ftp:web:21")).isInstanceOf(ApiError.class);
    }
}
