package io.orrery.jobtracker.registry;

import java.util.List;

/** At both moments of every call, on stores in memory. */
class CrashesTest extends Crashes {

    private final JobStore jobs = new InMemoryJobs();
    private final BodyStore bodies = new InMemoryBodies();

    @Override
    JobStore jobs() {
        return jobs;
    }

    @Override
    BodyStore bodies() {
        return bodies;
    }

    @Override
    List<Boolean> moments(int call) {
        return List.of(false, true);
    }
}
