package io.orrery.cluster;

import io.orrery.sandbox.boot.Guest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A machine without a cloud around it, in a network whose virtual address is reached at an address outside. */
record Machine(
        String name, Supplier<byte[]> disk, String address, String outside, List<String> lines, AtomicBoolean off)
        implements Guest {

    private static final String NETWORK = "network";

    Machine(String name, byte[] userData, String address, String outside) {
        this(name, () -> userData, address, outside, new CopyOnWriteArrayList<>(), new AtomicBoolean());
    }

    @Override
    public String id() {
        return "id-of-" + name;
    }

    @Override
    public byte[] userData() {
        return disk.get();
    }

    @Override
    public List<Nic> nics() {
        return List.of(new Nic(NETWORK, address, List.of(Samples.foundation().vip())));
    }

    @Override
    public Optional<String> floatingAddress(String networkId, String inside) {
        return Optional.of(outside)
                .filter(there -> networkId.equals(NETWORK)
                        && inside.equals(Samples.foundation().vip()));
    }

    @Override
    public boolean running() {
        return !off.get();
    }

    @Override
    public int vcpus() {
        return 4;
    }

    @Override
    public int memoryMib() {
        return 8192;
    }

    @Override
    public void console(String line) {
        lines.add(line);
    }

    @Override
    public void powerOff() {
        off.set(true);
    }
}
