package io.orrery.sandbox.kubernetes.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each verb was used on each kind of path, and in all. */
public final class Calls {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String verb, String template) {
        counts.computeIfAbsent(verb + " " + template, any -> new LongAdder()).increment();
    }

    /** By verb and path template: {@code "list /api/v1/namespaces/{namespace}/pods"}. */
    public Map<String, Long> byTemplate() {
        var sums = new TreeMap<String, Long>();
        counts.forEach((call, count) -> sums.put(call, count.sum()));
        return Map.copyOf(sums);
    }

    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public void reset() {
        counts.clear();
    }
}
