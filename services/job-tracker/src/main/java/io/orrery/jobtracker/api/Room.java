package io.orrery.jobtracker.api;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that all requests share: what their bodies may take together, in bytes. */
final class Room {

    private final long size;
    private final AtomicLong taken = new AtomicLong();

    Room(long size) {
        this.size = size;
    }

    /** @return false if there is no room for so much; then nothing is taken */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= size) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
