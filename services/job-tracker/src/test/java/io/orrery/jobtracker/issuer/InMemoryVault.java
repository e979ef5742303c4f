package io.orrery.jobtracker.issuer;

import java.util.Optional;

/** A vault that several issuers can share, as replicas share ZooKeeper, and that can be silent. */
final class InMemoryVault implements KeyVault {

    private Optional<Kept> kept = Optional.empty();
    private boolean silent;

    synchronized void silent(boolean is) {
        silent = is;
    }

    KeyRing ring() {
        return KeyRing.read(read().orElseThrow().keys());
    }

    @Override
    public synchronized Optional<Kept> read() {
        answer();
        return kept;
    }

    @Override
    public synchronized void create(String keys) {
        answer();
        if (kept.isEmpty()) {
            kept = Optional.of(new Kept(keys, 0));
        }
    }

    @Override
    public synchronized void replace(Kept former, String keys) {
        answer();
        if (kept.filter(former::equals).isPresent()) {
            kept = Optional.of(new Kept(keys, former.version() + 1));
        }
    }

    private void answer() {
        if (silent) {
            throw new IllegalStateException("silent");
        }
    }
}
