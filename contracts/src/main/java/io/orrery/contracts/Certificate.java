package io.orrery.contracts;

import java.time.Instant;
import java.util.List;

/**
 * The end of a platform: every resource that was ever made for it, each verified to be absent.
 *
 * @param abandoned what a stage could not remove itself and left to the provisioner's sweep, in words
 */
public record Certificate(Instant issued, List<Entry> entries, List<String> abandoned) {

    /**
     * One resource that was ours.
     *
     * @param verified when the cloud last answered 404 for the id, or no longer listed the name
     */
    public record Entry(String kind, String name, String id, Instant verified) {}

    public Certificate {
        entries = List.copyOf(entries);
        abandoned = List.copyOf(abandoned);
    }
}
