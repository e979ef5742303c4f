package io.orrery.reconciler.runtime;

import io.orrery.contracts.Topic;
import io.orrery.reconciler.loop.Reconciler;
import java.util.Set;

/**
 * What a service gives to the loop, as its one bean of this type.
 *
 * @param wakes the topics whose facts make it look again. Its own topic is not among them
 */
public record Stewardship(Set<Topic> wakes, Reconciler reconciler) {
    public Stewardship {
        wakes = Set.copyOf(wakes);
    }
}
