package io.orrery.provisioner.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** What hangs on a load balancer: what comes in at a listener goes to a member of its pool that its monitor finds well. */
public final class Balance {

    private Balance() {}

    /**
     * @param sources ranges that are let in; none: anyone
     * @param up what is switched off lets nobody in
     * @param pool what it leads to
     */
    public record Listener(String id, int port, Set<String> sources, boolean up, Optional<String> pool) {
        public Listener {
            sources = Set.copyOf(sources);
        }
    }

    public record Pool(String id, String name, boolean up, Set<Member> members, Optional<Monitor> monitor) {
        public Pool {
            members = Set.copyOf(members);
        }
    }

    /**
     * @param checked the port that the monitor asks
     * @param up whether it is given anything to do
     */
    public record Member(String address, int port, int checked, boolean up) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            return Comparator.comparing(Member::address)
                    .thenComparing(Member::port)
                    .compare(this, other);
        }
    }

    public record Monitor(String id, Check check) {}

    /**
     * How a monitor finds out.
     *
     * @param delay seconds between two questions
     * @param timeout seconds, less than the delay
     * @param retries answers in a row that make a member well, or unwell
     */
    public record Check(String type, int delay, int timeout, int retries, boolean up) {}
}
