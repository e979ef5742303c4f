package io.orrery.jobtracker.reconcile;

import io.orrery.jobtracker.model.Application;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A cluster whose applications the test plays. */
final class InMemoryApplications implements Applications {

    private final Map<String, Application> byName = new ConcurrentHashMap<>();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();
    private volatile Optional<Listener> listener = Optional.empty();
    private volatile boolean connected = true;
    private volatile boolean closed;

    void put(Application application) {
        byName.put(application.name(), application);
        listener.ifPresent(it -> it.changed(application.jobId()));
    }

    void remove(String name) {
        var gone = byName.remove(name);
        listener.ifPresent(it -> it.changed(gone.jobId()));
    }

    /** The list is short, but the application is still there if it is asked for by name. */
    void hide(String name) {
        hidden.add(name);
    }

    void connected(boolean is) {
        connected = is;
        listener.ifPresent(Listener::connection);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void follow(Listener by) {
        listener = Optional.of(by);
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public String trouble() {
        return "the test pulled the plug";
    }

    @Override
    public Stream<Application> all() {
        return byName.values().stream().filter(application -> !hidden.contains(application.name()));
    }

    @Override
    public Stream<Application> of(String jobId) {
        return all().filter(application -> application.jobId().equals(jobId));
    }

    @Override
    public Optional<Application> named(String name) {
        return Optional.ofNullable(byName.get(name)).filter(it -> !hidden.contains(name));
    }

    @Override
    public boolean isGone(String name) {
        return !byName.containsKey(name);
    }

    @Override
    public void close() {
        closed = true;
    }
}
