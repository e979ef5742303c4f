package io.orrery.jobtracker.zookeeper;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;

/** Nodes that are being read: a thousand at a time, so that neither side waits for the other nor drowns in answers. */
final class Readings {

    private static final int MOST = 1_000;

    private final Semaphore places = new Semaphore(MOST);
    private final AtomicReference<Optional<Code>> failure = new AtomicReference<>(Optional.empty());

    /** Waits for a place. */
    void begin() throws InterruptedException {
        places.acquire();
    }

    void end() {
        places.release();
    }

    void failed(Code code) {
        failure.set(Optional.of(code));
    }

    /**
     * Waits until all that was begun has ended.
     *
     * @throws KeeperException if one of them has failed
     */
    void await() throws InterruptedException, KeeperException {
        places.acquire(MOST);
        var failed = failure.get();
        if (failed.isPresent()) {
            throw KeeperException.create(failed.get());
        }
    }
}
