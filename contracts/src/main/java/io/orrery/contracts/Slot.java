package io.orrery.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
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
 * @param design what the machine is made of; empty where it was not told yet, which is no difference
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
        Optional<String> trouble,
        Optional<Design> design) {

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

    /**
     * What a machine is made of, decided before it is made: where its pool comes to want another design, the machine is
     * replaced.
     *
     * @param networks ids of the existing networks that it has a port on beside the platform's own
     * @param spread Nova's server group policy; empty: none
     * @param zone the availability zone it is in; empty: left to the cloud
     * @param words how the document called flavor and image; empty where it was not told yet
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Design(
            String flavorId,
            String imageId,
            Optional<Disk> disk,
            List<String> networks,
            Optional<String> spread,
            Optional<String> zone,
            boolean configDrive,
            Optional<String> words) {

        public Design {
            Objects.requireNonNull(flavorId, "flavorId");
            Objects.requireNonNull(imageId, "imageId");
            disk = Objects.requireNonNullElse(disk, Optional.empty());
            networks = List.copyOf(Objects.requireNonNullElse(networks, List.of()));
            spread = Objects.requireNonNullElse(spread, Optional.empty());
            zone = Objects.requireNonNullElse(zone, Optional.empty());
            words = Objects.requireNonNullElse(words, Optional.empty());
        }

        public Design in(Optional<String> newZone) {
            return new Design(flavorId, imageId, disk, networks, spread, newZone, configDrive, words);
        }

        public Design of(String otherFlavorId, String otherImageId) {
            return new Design(otherFlavorId, otherImageId, disk, networks, spread, zone, configDrive, words);
        }

        public Design called(Optional<String> otherWords) {
            return new Design(flavorId, imageId, disk, networks, spread, zone, configDrive, otherWords);
        }
    }

    /**
     * A Cinder volume.
     *
     * @param gib its size
     * @param type empty: the cloud's default
     * @param boot whether it takes the place of the flavor's own disk
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Disk(int gib, Optional<String> type, boolean boot) {
        public Disk {
            type = Objects.requireNonNullElse(type, Optional.empty());
        }
    }

    public Slot {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(state, "state");
        serverId = Objects.requireNonNullElse(serverId, Optional.empty());
        address = Objects.requireNonNullElse(address, Optional.empty());
        trouble = Objects.requireNonNullElse(trouble, Optional.empty());
        design = Objects.requireNonNullElse(design, Optional.empty());
    }

    /** A place for which nothing was done yet. */
    public static Slot planned(String name, String pool, Role role, int incarnation, Design design) {
        return new Slot(
                name,
                pool,
                role,
                State.PLANNED,
                false,
                incarnation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(design));
    }

    public Slot in(State newState) {
        return new Slot(name, pool, role, newState, init, incarnation, serverId, address, trouble, design);
    }

    public Slot marked(boolean newInit) {
        return new Slot(name, pool, role, state, newInit, incarnation, serverId, address, trouble, design);
    }

    public Slot of(int newIncarnation) {
        return new Slot(name, pool, role, state, init, newIncarnation, serverId, address, trouble, design);
    }

    public Slot of(Design newDesign) {
        return new Slot(name, pool, role, state, init, incarnation, serverId, address, trouble, Optional.of(newDesign));
    }

    public Slot with(Optional<String> newTrouble) {
        return new Slot(name, pool, role, state, init, incarnation, serverId, address, newTrouble, design);
    }

    public Slot filled(String newServerId, Optional<String> newAddress) {
        return new Slot(
                name, pool, role, state, init, incarnation, Optional.of(newServerId), newAddress, trouble, design);
    }
}
