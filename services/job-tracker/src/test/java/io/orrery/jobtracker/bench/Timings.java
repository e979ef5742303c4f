package io.orrery.jobtracker.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** How long each of many calls took. */
final class Timings {

    /** What is measured, given how many came before it. */
    @FunctionalInterface
    interface Call {
        void make(int number) throws Exception;

        /** The same for what comes after so many others. */
        default Call after(int others) {
            return number -> make(others + number);
        }
    }

    private final long[] sorted;
    private final Duration whole;

    private Timings(long[] nanos, Duration whole) {
        this.sorted = nanos.clone();
        this.whole = whole;
        Arrays.sort(sorted);
    }

    /** Each of so many clients makes its next call when it has the answer to the former one. */
    static Timings of(int clients, int calls, Call call) throws InterruptedException, ExecutionException {
        var nanos = new long[calls];
        var next = new AtomicInteger();
        var began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var working = IntStream.range(0, clients)
                    .mapToObj(client -> threads.submit(() -> {
                        for (var number = next.getAndIncrement(); number < calls; number = next.getAndIncrement()) {
                            var start = System.nanoTime();
                            call.make(number);
                            nanos[number] = System.nanoTime() - start;
                        }
                        return null;
                    }))
                    .toList();
            for (var each : working) {
                each.get();
            }
        }
        return new Timings(nanos, Duration.ofNanos(System.nanoTime() - began));
    }

    long perSecond() {
        return Math.round(sorted.length * 1e9 / whole.toNanos());
    }

    /** So many of 100 calls took no longer, in ms. */
    double millis(int percent) {
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1] / 1e6;
    }
}
