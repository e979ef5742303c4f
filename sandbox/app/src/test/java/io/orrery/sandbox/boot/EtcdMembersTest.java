package io.orrery.sandbox.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EtcdMembersTest {
    private final EtcdMembers etcd = new EtcdMembers();

    private void joined(int servers) {
        for (var i = 1; i <= servers; i++) {
            etcd.join("node-" + i, "machine-" + i);
        }
    }

    @Test
    void threeMembersBearTheLossOfOne() {
        joined(3);
        etcd.stopped("machine-1");
        assertThat(etcd.hasQuorum()).isTrue();
        etcd.stopped("machine-2");
        assertThat(etcd.hasQuorum()).isFalse();

        etcd.join("node-2", "machine-2");

        assertThat(etcd.hasQuorum()).isTrue();
    }

    @Test
    void twoMembersBearNoLoss() {
        joined(2);
        etcd.stopped("machine-1");

        assertThat(etcd.hasQuorum()).isFalse();
    }

    @Test
    void aLostMemberThatIsTakenOutNoLongerCounts() {
        joined(3);
        etcd.stopped("machine-1");

        assertThat(etcd.remove("node-1")).isTrue();
        etcd.stopped("machine-9");

        assertThat(etcd.hasQuorum()).isTrue();
        assertThat(etcd.isMember("node-1")).isFalse();
    }

    @Test
    void aMemberWithoutWhomTheRestCannotWorkStays() {
        joined(1);
        assertThat(etcd.remove("node-1")).isFalse();
        joined(2);
        etcd.stopped("machine-2");
        assertThat(etcd.remove("node-1")).isFalse();

        assertThat(etcd.isMember("node-1")).isTrue();
        assertThat(etcd.remove("never joined")).isTrue();
    }
}
