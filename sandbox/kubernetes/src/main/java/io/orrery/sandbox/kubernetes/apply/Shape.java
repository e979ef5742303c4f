package io.orrery.sandbox.kubernetes.apply;

/** What is known of a place in an object: how it merges there and below. */
public interface Shape {
    Shape field(String name);

    /** That of a list's items. */
    Shape item();

    ListKind list();

    /** Whether an object at this place is one value that is replaced as a whole. */
    boolean isAtomicMap();
}
