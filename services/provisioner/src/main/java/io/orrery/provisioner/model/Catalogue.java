package io.orrery.provisioner.model;

import java.util.List;

/** What a cloud offers to everyone in the project. */
public record Catalogue(List<Offer> flavors, List<Offer> images) {

    /** Something that documents name, by name or id. */
    public record Offer(String id, String name) {}

    public Catalogue {
        flavors = List.copyOf(flavors);
        images = List.copyOf(images);
    }
}
