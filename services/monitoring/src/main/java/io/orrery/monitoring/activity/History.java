package io.orrery.monitoring.activity;

import io.orrery.contracts.Activity;
import io.orrery.contracts.DeadLetter;
import io.orrery.contracts.JobEvent;
import io.orrery.contracts.PlatformName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest of what was done and what became of jobs, for each platform; older lines are on Kafka. */
public final class History {

    private final int kept;
    private final Map<PlatformName, Deque<Activity>> activities = new HashMap<>();
    private final Map<PlatformName, Deque<JobEvent>> jobs = new HashMap<>();
    private final Map<String, DeadLetter> deadLetters = new HashMap<>();

    /** @param kept lines for each platform */
    public History(int kept) {
        this.kept = kept;
    }

    synchronized void add(Activity activity) {
        push(activities, activity.platform(), activity);
    }

    synchronized void add(JobEvent event) {
        push(jobs, event.about().platform(), event);
    }

    /** The same letter, met again, is still one. */
    synchronized void add(DeadLetter letter) {
        deadLetters.put(letter.id(), letter);
    }

    /** The newest first. */
    public synchronized List<Activity> activities(PlatformName platform) {
        return List.copyOf(activities.getOrDefault(platform, new ArrayDeque<>()));
    }

    /** The newest first. */
    public synchronized List<JobEvent> jobs(PlatformName platform) {
        return List.copyOf(jobs.getOrDefault(platform, new ArrayDeque<>()));
    }

    public synchronized Collection<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters.values());
    }

    private <T> void push(Map<PlatformName, Deque<T>> lines, PlatformName platform, T line) {
        var newestFirst = lines.computeIfAbsent(platform, name -> new ArrayDeque<>());
        newestFirst.addFirst(line);
        if (newestFirst.size() > kept) {
            newestFirst.removeLast();
        }
    }
}
