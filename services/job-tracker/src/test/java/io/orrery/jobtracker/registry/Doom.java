package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.model.Job;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Ends a process at one of its calls to the stores; what it does after that, as a test cannot stop its threads, fails too. */
final class Doom {

    /** No exception, so that nobody catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private int at = Integer.MAX_VALUE;
    private boolean done;
    private int calls;

    /**
     * Begins to count.
     *
     * @param call the last one, from 1
     * @param isDone whether the store does what it is asked for by it, and only the answer is not heard
     */
    synchronized void await(int call, boolean isDone) {
        at = call;
        done = isDone;
        calls = 0;
    }

    synchronized boolean hasCome() {
        return calls >= at;
    }

    private synchronized <T> T call(Supplier<T> call) {
        calls++;
        if (calls < at) {
            return call.get();
        }
        if (calls == at && done) {
            var unused = call.get();
        }
        throw new Killed();
    }

    private void run(Runnable call) {
        var unused = call(() -> {
            call.run();
            return true;
        });
    }

    JobStore of(JobStore store) {
        return new JobStore() {
            @Override
            public void follow(Listener listener) {
                store.follow(listener);
            }

            @Override
            public Optional<Stored> create(Job job) {
                return call(() -> store.create(job));
            }

            @Override
            public Optional<Stored> read(String jobId) {
                return call(() -> store.read(jobId));
            }

            @Override
            public Optional<Stored> replace(Stored expected, Job next) {
                return call(() -> store.replace(expected, next));
            }

            @Override
            public boolean remove(Stored expected) {
                return call(() -> store.remove(expected));
            }

            @Override
            public SegmentId archive(Segment segment) {
                return call(() -> store.archive(segment));
            }

            @Override
            public Optional<Segment> read(SegmentId segment) {
                return call(() -> store.read(segment));
            }

            @Override
            public void removeBackend(String backendId) {
                run(() -> store.removeBackend(backendId));
            }
        };
    }

    BodyStore of(BodyStore store) {
        return new BodyStore() {
            @Override
            public long largest() {
                return store.largest();
            }

            @Override
            public boolean takesSegments() {
                return store.takesSegments();
            }

            @Override
            public void put(String key, byte[] content) {
                run(() -> store.put(key, content));
            }

            @Override
            public Optional<byte[]> get(String key) {
                return call(() -> store.get(key));
            }

            @Override
            public Optional<byte[]> get(String key, long offset, int length) {
                return call(() -> store.get(key, offset, length));
            }

            @Override
            public void delete(String key) {
                run(() -> store.delete(key));
            }

            @Override
            public void deleteAll(String prefix) {
                run(() -> store.deleteAll(prefix));
            }

            @Override
            public Stream<Kept> list(String prefix) {
                return call(() -> store.list(prefix));
            }
        };
    }
}
