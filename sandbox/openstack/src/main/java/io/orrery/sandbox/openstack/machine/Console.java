package io.orrery.sandbox.openstack.machine;

/** A machine's console, which Nova gives out as its console log. */
@FunctionalInterface
public interface Console {
    void println(String line);
}
