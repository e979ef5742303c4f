package io.orrery.sandbox.controllers.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmMemoryTest {

    @ParameterizedTest
    @CsvSource({"512m, 512", "4g, 4096", "1t, 1048576", "2048k, 2", "4096, 4096", "4GiB, 4096"})
    void readsTheJvmsNotation(String text, long mib) {
        assertThat(JvmMemory.mib(text)).isEqualTo(mib);
    }

    @Test
    void refusesWhatIsNoAmount() {
        assertThatThrownBy(() -> JvmMemory.mib("much")).hasMessageContaining("much");
    }

    @Test
    void addsSparksOverhead() {
        assertThat(JvmMemory.requested("1g", null, false)).isEqualTo(new Quantity("1408Mi"));
        assertThat(JvmMemory.requested("10g", null, true)).isEqualTo(new Quantity("14336Mi"));
        assertThat(JvmMemory.requested("1g", "2700m", true)).isEqualTo(new Quantity("3724Mi"));
    }
}
