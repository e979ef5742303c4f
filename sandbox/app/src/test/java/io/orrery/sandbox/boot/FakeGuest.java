package io.orrery.sandbox.boot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A machine without a cloud around it. */
record FakeGuest(
        String id,
        String name,
        Supplier<byte[]> userDataSource,
        List<Nic> nics,
        Map<String, String> floating,
        List<String> lines,
        AtomicBoolean off)
        implements Guest {

    FakeGuest(String name, byte[] userData, Nic nic, Map<String, String> floating) {
        this(
                UUID.randomUUID().toString(),
                name,
                () -> userData,
                List.of(nic),
                floating,
                new CopyOnWriteArrayList<>(),
                new AtomicBoolean());
    }

    static FakeGuest of(byte[] userData) {
        return new FakeGuest("machine", userData, new Nic("net", "10.20.0.11", List.of()), Map.of());
    }

    @Override
    public byte[] userData() {
        return userDataSource.get();
    }

    @Override
    public Optional<String> floatingAddress(String networkId, String address) {
        return Optional.ofNullable(floating.get(networkId + "/" + address));
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
