package io.orrery.sandbox.openstack.machine;

/**
 * What happens inside of machines. Each call comes on a virtual thread of its own and may take its time; calls about
 * one machine may overlap.
 */
public interface Firmware {
    /** Switched on: when first built, and after each start, reboot and rebuild. */
    void booted(Machine machine);

    /** Switched off by a call, by its guest, or before a reboot. */
    default void stopped(String id) {}

    /** Deleted, or vanished. */
    default void deleted(String id) {}

    /** Machines that do nothing. */
    static Firmware none() {
        return machine -> {};
    }
}
