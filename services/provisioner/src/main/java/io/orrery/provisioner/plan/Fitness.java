package io.orrery.provisioner.plan;

import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Disk;
import io.orrery.provisioner.model.Catalogue;
import io.orrery.provisioner.model.Catalogue.Flavor;
import io.orrery.provisioner.model.Catalogue.Image;
import io.orrery.provisioner.model.Room;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether machines can be made of what their pools name: Nova would say it of each machine, when the rest stands. */
final class Fitness {

    private static final long GIB = 1L << 30;

    private final Catalogue catalogue;
    private final Room room;
    private final Set<Obstacle> obstacles = new LinkedHashSet<>();

    Fitness(Catalogue catalogue, Room room) {
        this.catalogue = catalogue;
        this.room = room;
    }

    Set<Obstacle> of(List<Slot.Design> machines) {
        machines.forEach(this::check);
        return obstacles;
    }

    private void check(Slot.Design design) {
        var flavor = catalogue.flavor(design.flavorId());
        var image = catalogue.image(design.imageId());
        flavor.filter(Flavor::disabled)
                .ifPresent(it -> add("FlavorDisabled", "the cloud makes no more machines of flavor " + it.name()));
        image.filter(it -> !it.isActive())
                .ifPresent(it -> add("ImageInactive", "image " + it.name() + " is " + it.status()));
        flavor.ifPresent(size -> image.ifPresent(of -> fits(size, of, design.disk())));
        design.zone().ifPresent(this::zone);
        design.disk().flatMap(Disk::type).ifPresent(this::volumeType);
    }

    private void fits(Flavor flavor, Image image, Optional<Disk> disk) {
        if (flavor.ram() < image.minRam()) {
            add(
                    "FlavorTooSmall",
                    "flavor %s has %d MiB of RAM, image %s needs %d"
                            .formatted(flavor.name(), flavor.ram(), image.name(), image.minRam()));
        }
        var needed = Math.max(image.minDisk(), Math.ceilDiv(image.bytes(), GIB));
        var boot = disk.filter(Disk::boot).map(Disk::gib);
        var size = boot.orElse(flavor.disk());
        if (size > 0 && size < needed) {
            add(
                    "DiskTooSmall",
                    "%s has %d GiB, image %s needs %d"
                            .formatted(
                                    boot.isPresent() ? "the boot volume" : "the disk of flavor " + flavor.name(),
                                    size,
                                    image.name(),
                                    needed));
        }
    }

    private void zone(String zone) {
        if (room.zones().isEmpty()) {
            return;
        }
        if (!room.zones().containsKey(zone)) {
            add(
                    "ZoneUnknown",
                    "there is no availability zone " + zone + "; there are: "
                            + String.join(", ", new TreeSet<>(room.zones().keySet())));
        } else if (!room.zones().get(zone)) {
            add("ZoneUnavailable", "availability zone " + zone + " is not available");
        }
    }

    private void volumeType(String type) {
        if (!room.volumeTypes().isEmpty() && room.volumeType(type).isEmpty()) {
            var names = room.volumeTypes().stream()
                    .map(Room.VolumeType::name)
                    .sorted()
                    .toList();
            add("VolumeTypeUnknown", "there is no volume type " + type + "; there are: " + String.join(", ", names));
        }
    }

    private void add(String reason, String message) {
        obstacles.add(new Obstacle(reason, message));
    }
}
