package io.orrery.cluster.model;

import io.orrery.contracts.Slot;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A Kubernetes node as it was seen.
 *
 * @param draining since when it has been cordoned by us, to be emptied
 * @param evictable pods that are to leave before the node does; known (else 0) only where they were asked for
 * @param dressing labels and taints that we gave it
 */
public record ClusterNode(
        String name,
        Slot.Role role,
        boolean ready,
        String version,
        Optional<Instant> draining,
        int evictable,
        Member member,
        Dressing dressing) {

    /** Whether the node's machine holds a part of etcd's data, and votes. */
    public enum Member {
        /** It is an agent. */
        NONE,
        MEMBER,
        /** Has been told to leave. */
        LEAVING,
        /** RKE2 has confirmed that it left. */
        LEFT
    }

    public ClusterNode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(draining, "draining");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(dressing, "dressing");
    }

    /** Votes in etcd as far as can be seen from the API. */
    public boolean votes() {
        return member == Member.MEMBER || member == Member.LEAVING;
    }
}
