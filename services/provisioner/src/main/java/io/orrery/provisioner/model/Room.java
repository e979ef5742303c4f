package io.orrery.provisioner.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a project has room for, as far as its cloud says so: what is not in here is not known.
 *
 * @param zones availability zones by name, and whether they are up; empty if nobody asked, or the cloud does not say
 * @param volumeTypes likewise
 * @param usualVolumeType the type of volumes that ask for none
 */
public record Room(
        Map<Measure, Allotment> quota,
        Map<String, Boolean> zones,
        List<VolumeType> volumeTypes,
        Optional<String> usualVolumeType) {

    /** Nothing is known. */
    public static final Room UNKNOWN = new Room(Map.of(), Map.of(), List.of(), Optional.empty());

    /** @param most the services' -1 for "unlimited" is given as {@link Long#MAX_VALUE} */
    public record Allotment(long most, long used) {

        /** Below zero where more is used than there may be, because the limit was lowered. */
        public long free() {
            return most - used;
        }
    }

    public record VolumeType(String id, String name) {}

    /**
     * What to ask for: what a plan has no need of is not asked, since not every cloud has it.
     *
     * @param external the external network, if addresses of it are wanted
     */
    public record Question(boolean zones, boolean volumes, boolean balancers, Optional<String> external) {}

    public Room {
        quota = Map.copyOf(quota);
        zones = Map.copyOf(zones);
        volumeTypes = List.copyOf(volumeTypes);
    }

    public Optional<Allotment> of(Measure measure) {
        return Optional.ofNullable(quota.get(measure));
    }

    /** The name of a type that is called by its name or its id. */
    public Optional<String> volumeType(String called) {
        return volumeTypes.stream()
                .filter(type -> type.name().equals(called) || type.id().equals(called))
                .map(VolumeType::name)
                .findFirst();
    }
}
