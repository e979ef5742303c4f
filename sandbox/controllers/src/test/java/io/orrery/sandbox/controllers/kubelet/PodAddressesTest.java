package io.orrery.sandbox.controllers.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PodAddressesTest {

    @Test
    void handsOutEachHostOnceAndThenNoMore() {
        var addresses = new PodAddresses("127.96.8.0/29");
        var all = new HashSet<String>();
        for (var i = 0; i < 5; i++) {
            all.add(addresses.take());
        }

        assertThat(all).containsExactlyInAnyOrder("127.96.8.2", "127.96.8.3", "127.96.8.4", "127.96.8.5", "127.96.8.6");
        assertThatThrownBy(addresses::take).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void handsOutAgainWhatWasGivenBack() {
        var addresses = new PodAddresses("127.96.8.0/29");
        for (var i = 0; i < 5; i++) {
            addresses.take();
        }
        addresses.giveBack("127.96.8.4");

        assertThat(addresses.take()).isEqualTo("127.96.8.4");
    }

    @Test
    void leavesOutWhatAnotherProcessHandedOut() {
        var addresses = new PodAddresses("127.96.8.0/29");

        assertThat(addresses.take("127.96.8.4")).isTrue();
        assertThat(addresses.take("127.96.8.4")).isFalse();
        assertThat(addresses.take("127.97.0.1")).isFalse();
        for (var i = 0; i < 4; i++) {
            assertThat(addresses.take()).isNotEqualTo("127.96.8.4");
        }
    }

    @Test
    void knowsItsOwnInLargeRanges() {
        var addresses = new PodAddresses("127.96.0.0/16");

        assertThat(addresses.contains("127.96.255.1")).isTrue();
        assertThat(addresses.contains("127.97.0.1")).isFalse();
        assertThat(addresses.take()).startsWith("127.96.");
    }
}
