package io.orrery.jobtracker.events;

import io.orrery.contracts.JobEvent;
import java.util.ArrayList;
import java.util.List;

/** A topic that fences as Kafka's transactions do, that can be silent, and can lose an answer. */
final class InMemoryTopic implements JobTopic {

    private final List<JobEvent> events = new ArrayList<>();
    private int terms;
    private boolean silent;
    private boolean losesAnswer;

    synchronized void silent(boolean is) {
        silent = is;
    }

    /** The next events stand, and whoever told them does not hear of it. */
    synchronized void nextAnswerIsLost() {
        losesAnswer = true;
    }

    synchronized List<String> told() {
        return events.stream()
                .map(event -> event.about().jobId() + " " + event.getClass().getSimpleName() + " "
                        + event.about().sequence())
                .toList();
    }

    synchronized List<Long> sequences() {
        return events.stream().map(event -> event.about().sequence()).toList();
    }

    @Override
    public synchronized Term begin() {
        answer();
        terms++;
        return new InMemoryTerm(terms);
    }

    private void answer() {
        if (silent) {
            throw new IllegalStateException("silent");
        }
    }

    private final class InMemoryTerm implements Term {

        private final int number;

        InMemoryTerm(int number) {
            this.number = number;
        }

        @Override
        public long told(String key) {
            synchronized (InMemoryTopic.this) {
                return events.stream()
                        .filter(event -> event.about().key().equals(key))
                        .mapToLong(event -> event.about().sequence())
                        .max()
                        .orElse(0);
            }
        }

        @Override
        public void tell(List<JobEvent> told) {
            synchronized (InMemoryTopic.this) {
                answer();
                if (number != terms) {
                    throw new TermOverException(new IllegalStateException("fenced"));
                }
                events.addAll(told);
                if (losesAnswer) {
                    losesAnswer = false;
                    throw new TermOverException(new IllegalStateException("no answer"));
                }
            }
        }

        @Override
        public void close() {}
    }
}
