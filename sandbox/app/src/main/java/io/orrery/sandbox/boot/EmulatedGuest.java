package io.orrery.sandbox.boot;

import io.orrery.sandbox.openstack.machine.Machine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server of the emulated OpenStack, from inside. */
record EmulatedGuest(Machine machine) implements Guest {
    @Override
    public String id() {
        return machine.id();
    }

    @Override
    public String name() {
        return machine.name();
    }

    @Override
    public byte[] userData() {
        return machine.userData();
    }

    @Override
    public List<Nic> nics() {
        return machine.nics().stream()
                .filter(nic -> !nic.addresses().isEmpty())
                .map(nic -> new Nic(
                        nic.networkId(),
                        nic.addresses().getFirst(),
                        Stream.concat(nic.allowed().stream(), nic.balanced().stream())
                                .toList()))
                .toList();
    }

    @Override
    public Optional<String> floatingAddress(String networkId, String address) {
        return machine.floatingAddress(address);
    }

    @Override
    public boolean running() {
        return machine.isRunning();
    }

    @Override
    public int vcpus() {
        return machine.hardware().vcpus();
    }

    @Override
    public int memoryMib() {
        return machine.hardware().ram();
    }

    @Override
    public void console(String line) {
        machine.console().println(line);
    }

    @Override
    public void powerOff() {
        machine.shutoff();
    }
}
