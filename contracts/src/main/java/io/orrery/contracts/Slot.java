package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;

/**
 * A machine's place in a pool. Its name, random suffix included, is told before the machine is made; a replacement gets
 * a new slot with a new name, as Kubernetes refuses a node name that another machine has had.
 *
 * @param name the server's and the Kubernetes node's name
 * @param serverId Nova's id, once known
 * @param address in the platform's network, once known
 * @param incarnation of the bootstrap the machine was made with; machines of a former one are not used
 * @param trouble what Nova or the console says is wrong, for people
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Slot(
        String name,
        String pool,
        Role role,
        State state,
        boolean init,
        int incarnation,
        Optional<String> serverId,
        Optional<String> address,
        Optional<String> trouble) {

    public enum Role {
        SERVER,
        AGENT
    }

    public enum State {
        /** Named, not yet seen. */
        PLANNED,
        BUILDING,
        ACTIVE,
        /** ERROR, stuck or stopped: to be replaced. */
        FAILED,
        /** Its Kubernetes node is to be drained and removed; the server goes when cluster has released it. */
        RETIRING,
        /** Released; the server is being deleted. */
        DELETING
    }

    public Slot {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(state, "state");
        serverId = Objects.requireNonNullElse(serverId, Optional.empty());
        address = Objects.requireNonNullElse(address, Optional.empty());
        trouble = Objects.requireNonNullElse(trouble, Optional.empty());
    }

    public Slot in(State newState) {
        return new Slot(name, pool, role, newState, init, incarnation, serverId, address, trouble);
    }
}
