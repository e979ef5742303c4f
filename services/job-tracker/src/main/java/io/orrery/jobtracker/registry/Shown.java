package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/** Jobs as a client sees them, each made when it is asked for: thousands of documents need not be there at once. */
final class Shown extends AbstractList<ObjectNode> implements RandomAccess {

    private final List<Entry> jobs;
    private final Function<Entry, ObjectNode> view;

    Shown(List<Entry> jobs, Function<Entry, ObjectNode> view) {
        this.jobs = jobs;
        this.view = view;
    }

    @Override
    public ObjectNode get(int index) {
        return view.apply(jobs.get(index));
    }

    @Override
    public int size() {
        return jobs.size();
    }
}
