package io.orrery.sandbox.openstack.http;

/** Answers one kind of request. Called within the world's lock. */
@FunctionalInterface
public interface Handler {
    /** Throws {@link Refusal} for everything that the real service refuses. */
    Answer handle(Request request);
}
