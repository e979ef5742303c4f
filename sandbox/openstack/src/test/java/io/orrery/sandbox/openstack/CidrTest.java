package io.orrery.sandbox.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sandbox.openstack.model.Cidr;
import org.junit.jupiter.api.Test;

class CidrTest {
    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    @Test
    void theHostPartIsDropped() {
        assertThat(cidr("10.20.5.7/24")).hasToString("10.20.5.0/24");
    }

    @Test
    void networkAndBroadcastAddressesAreNotForMachines() {
        assertThat(Cidr.text(cidr("10.20.0.0/24").firstUsable())).isEqualTo("10.20.0.1");
        assertThat(Cidr.text(cidr("10.20.0.0/24").lastUsable())).isEqualTo("10.20.0.254");
    }

    @Test
    void oneRangeInsideOfAnotherOverlapsIt() {
        assertThat(cidr("10.0.0.0/8").overlaps(cidr("10.20.0.0/24"))).isTrue();
        assertThat(cidr("10.20.0.0/24").overlaps(cidr("10.0.0.0/8"))).isTrue();
        assertThat(cidr("10.20.0.0/24").overlaps(cidr("10.20.1.0/24"))).isFalse();
    }

    @Test
    void whatIsNoRangeIsNone() {
        assertThat(Cidr.parse("10.20.0.0")).isEmpty();
        assertThat(Cidr.parse("10.20.0.0/33")).isEmpty();
        assertThat(Cidr.parse("10.20.0.256/24")).isEmpty();
        assertThat(Cidr.parse("fd00::/8")).isEmpty();
    }
}
