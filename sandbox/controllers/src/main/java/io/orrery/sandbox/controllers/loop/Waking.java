package io.orrery.sandbox.controllers.loop;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns what an informer saw into keys of a loop, and forgets what it was that happened. */
final class Waking<T> implements ResourceEventHandler<T> {

    private final Loop loop;
    private final Function<T, Stream<ObjectKey>> keys;

    Waking(Loop loop, Function<T, Stream<ObjectKey>> keys) {
        this.loop = loop;
        this.keys = keys;
    }

    @Override
    public void onAdd(T object) {
        keys.apply(object).forEach(loop::add);
    }

    @Override
    public void onUpdate(T before, T after) {
        Stream.concat(keys.apply(before), keys.apply(after)).distinct().forEach(loop::add);
    }

    @Override
    public void onDelete(T object, boolean lastStateUnknown) {
        keys.apply(object).forEach(loop::add);
    }
}
