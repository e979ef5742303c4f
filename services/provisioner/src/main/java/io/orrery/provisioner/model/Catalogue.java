package io.orrery.provisioner.model;

import java.util.List;
import java.util.Optional;

/** What a cloud offers to everyone in the project. */
public record Catalogue(List<Flavor> flavors, List<Image> images) {

    /** Something that documents name, by name or id. */
    public sealed interface Offer {
        String id();

        String name();
    }

    /**
     * A size of machines.
     *
     * @param ram in MiB
     * @param disk in GiB; 0 is as large as the image
     * @param disabled whether the cloud makes no more machines of it
     */
    public record Flavor(String id, String name, int vcpus, int ram, int disk, boolean disabled) implements Offer {}

    /**
     * What machines boot from.
     *
     * @param status Glance's word: only from an {@code active} one machines can be made
     * @param minDisk in GiB
     * @param minRam in MiB
     * @param bytes of the file
     */
    public record Image(String id, String name, String status, int minDisk, int minRam, long bytes) implements Offer {

        public boolean isActive() {
            return status.equals("active");
        }
    }

    public Catalogue {
        flavors = List.copyOf(flavors);
        images = List.copyOf(images);
    }

    public Optional<Flavor> flavor(String id) {
        return flavors.stream().filter(flavor -> flavor.id().equals(id)).findFirst();
    }

    public Optional<Image> image(String id) {
        return images.stream().filter(image -> image.id().equals(id)).findFirst();
    }
}
