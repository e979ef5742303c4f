package io.orrery.sandbox.openstack.http;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls. */
public final class CallLog {
    private static final Comparator<Call> ORDER = Comparator.comparing(Call::service)
            .thenComparing(Call::path)
            .thenComparing(Call::verb)
            .thenComparing(Call::status);

    private final Map<Call, LongAdder> counts = new ConcurrentHashMap<>();

    void count(Call call) {
        counts.computeIfAbsent(call, unused -> new LongAdder()).increment();
    }

    public Map<Call, Long> counts() {
        Map<Call, Long> sorted = new TreeMap<>(ORDER);
        counts.forEach((call, count) -> sorted.put(call, count.sum()));
        return sorted;
    }

    public void reset() {
        counts.clear();
    }
}
