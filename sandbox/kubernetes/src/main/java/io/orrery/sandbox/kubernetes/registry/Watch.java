package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.Json;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.store.CompactedException;
import io.orrery.sandbox.kubernetes.store.Key;
import io.orrery.sandbox.kubernetes.store.Store;
import io.orrery.sandbox.kubernetes.store.StoreEvent;
import io.orrery.sandbox.kubernetes.store.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * The verb watch. From a revision: exactly the events after it. From none, or 0: what exists as ADDED, then the events
 * (upstream: storage/cacher). For one reader.
 */
public final class Watch implements AutoCloseable {
    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private final Store store;
    private final Served served;
    private final Selection selection;
    private final Subscription subscription;
    private final Queue<WatchEvent> initial = new ArrayDeque<>();

    private Watch(Store store, Served served, Selection selection, Subscription subscription) {
        this.store = store;
        this.served = served;
        this.selection = selection;
        this.subscription = subscription;
    }

    static Watch open(State state, Served served, Selection selection, ListOptions options) {
        checkInitialEvents(options);
        Predicate<Key> interest =
                key -> key.resource().equals(served.type().storage()) && selection.isInNamespace(key.namespace());
        var fromNow = options.initialEventsAsked() ? options.sendInitialEvents() : options.revision() == 0;
        return state.store().exclusively(() -> {
            try {
                var watch = new Watch(
                        state.store(),
                        served,
                        selection,
                        fromNow || options.revision() == 0
                                ? state.store().watchNew(interest)
                                : state.store().watch(options.revision(), interest));
                if (fromNow) {
                    watch.addWhatExists(options);
                }
                return watch;
            } catch (CompactedException e) {
                // Upstream has answered 200 by the time it knows, so the 410 comes as an event.
                var failed = new Watch(
                        state.store(), served, selection, state.store().watchNew(key -> false));
                failed.initial.add(error(ApiError.gone(e.getMessage())));
                return failed;
            }
        });
    }

    private void addWhatExists(ListOptions options) {
        var snapshot = store.snapshot(served.type().storage());
        snapshot.objects().values().stream()
                .filter(selection::includes)
                .map(object -> new WatchEvent(WatchEvent.Type.ADDED, State.in(served, object)))
                .forEach(initial::add);
        if (options.sendInitialEvents() && options.bookmarks()) {
            var end = bookmarkAt(snapshot.revision());
            Metadata.in(end.object()).node().putObject("annotations").put(INITIAL_EVENTS_END, "true");
            initial.add(end);
        }
    }

    /** The next event of interest; empty when none came in time. After an ERROR nothing more comes. */
    public Optional<WatchEvent> next(Duration patience) throws InterruptedException {
        if (!initial.isEmpty()) {
            return Optional.of(initial.remove());
        }
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            if (subscription.isCutOff()) {
                return Optional.of(error(ApiError.gone("the watch fell too far behind")));
            }
            var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            var event = subscription.next(left);
            if (event.isEmpty()) {
                return Optional.empty();
            }
            var shown = shown(event.get());
            if (shown.isPresent()) {
                return shown;
            }
        }
    }

    /** What can be told without waiting, so that many events go out in one write. */
    public Optional<WatchEvent> nextIfAny() throws InterruptedException {
        return next(Duration.ZERO);
    }

    /** The revision up to which everything has been told; empty while events wait. */
    public Optional<WatchEvent> bookmark() {
        return store.exclusively(() -> {
            if (!initial.isEmpty() || subscription.hasWaiting()) {
                return Optional.empty();
            }
            return Optional.of(bookmarkAt(store.revision()));
        });
    }

    private WatchEvent bookmarkAt(long revision) {
        var object = Json.object()
                .put("kind", served.type().kind())
                .put("apiVersion", served.type().apiVersion());
        object.putObject("metadata")
                .put("resourceVersion", Long.toString(revision))
                .putNull("creationTimestamp");
        return new WatchEvent(WatchEvent.Type.BOOKMARK, object);
    }

    private static WatchEvent error(ApiError error) {
        return new WatchEvent(WatchEvent.Type.ERROR, error.status());
    }

    /** An object that begins to match is told as ADDED, one that ceases to as DELETED. */
    private Optional<WatchEvent> shown(StoreEvent event) {
        var is = event.type() != StoreEvent.Type.DELETED && selection.includes(event.object());
        var was = event.before().filter(selection::includes).isPresent();
        if (is) {
            return Optional.of(told(was ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, event.object()));
        }
        if (!was) {
            return Optional.empty();
        }
        return Optional.of(told(WatchEvent.Type.DELETED, lastSeen(event)));
    }

    /** As it matched last, under the revision at which it ceased to. */
    private static ObjectNode lastSeen(StoreEvent event) {
        var object = event.before().orElse(event.object()).deepCopy();
        Metadata.in(object).node().put("resourceVersion", Long.toString(event.revision()));
        return object;
    }

    private WatchEvent told(WatchEvent.Type type, ObjectNode object) {
        return new WatchEvent(type, State.in(served, object));
    }

    private static void checkInitialEvents(ListOptions options) {
        if (options.sendInitialEvents() && !options.match().equals("NotOlderThan")) {
            throw ApiError.badRequest("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (!options.match().isEmpty() && !options.initialEventsAsked()) {
            throw ApiError.badRequest(
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
