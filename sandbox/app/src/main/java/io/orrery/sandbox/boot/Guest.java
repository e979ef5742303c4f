package io.orrery.sandbox.boot;

import java.util.List;
import java.util.Optional;

/** A machine as what runs on it sees it. */
public interface Guest {
    /** Stays the same over stop and start. */
    String id();

    /** The server's name, from which the host name follows. */
    String name();

    /** As given to Nova, base64 taken off; empty when none was given. */
    byte[] userData();

    List<Nic> nics();

    /** The address outside that leads to an address in one of the machine's networks. */
    Optional<String> floatingAddress(String networkId, String address);

    /** Whether it is still there and switched on. */
    boolean running();

    int vcpus();

    int memoryMib();

    /** Writes one line to what Nova gives as console log. */
    void console(String line);

    /** The guest switches itself off, as {@code poweroff} does. */
    void powerOff();

    /**
     * A network interface.
     *
     * @param allowedAddresses addresses or CIDRs that its port may use beside its own, or that lead to it: a virtual address is one of these
     */
    record Nic(String networkId, String address, List<String> allowedAddresses) {
        public Nic {
            allowedAddresses = List.copyOf(allowedAddresses);
        }
    }
}
