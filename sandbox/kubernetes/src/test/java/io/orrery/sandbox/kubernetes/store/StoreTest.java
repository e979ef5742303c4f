package io.orrery.sandbox.kubernetes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.sandbox.kubernetes.model.GroupResource;
import io.orrery.sandbox.kubernetes.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreTest {
    private static final GroupResource THINGS = new GroupResource("", "things");

    private final Store store = new Store(4);

    private static Key key(String name) {
        return new Key(THINGS, "ns", name);
    }

    private long put(String name) {
        store.put(key(name), Json.object());
        return store.revision();
    }

    private List<String> told(Subscription subscription) throws InterruptedException {
        var told = new ArrayList<String>();
        while (subscription.hasWaiting()) {
            var event = subscription.next(Duration.ZERO).orElseThrow();
            told.add(event.type() + " " + event.key().name());
        }
        return told;
    }

    @Test
    void aWatchBeginsExactlyAfterItsRevisionAndGoesOn() throws Exception {
        put("a");
        var revision = put("b");
        put("c");
        var watch = store.watch(revision, key -> true);
        store.remove(key("b"));
        assertThat(told(watch)).containsExactly("ADDED c", "DELETED b");
    }

    @Test
    void aClosedWatchHearsNothingMore() throws Exception {
        var watch = store.watchNew(key -> true);
        watch.close();
        put("a");
        assertThat(told(watch)).isEmpty();
    }

    @Test
    void theLogForgetsTheOldest() throws Exception {
        var first = put("a");
        for (var name : List.of("b", "c", "d", "e")) {
            put(name);
        }
        assertThat(told(store.watch(first, key -> true))).hasSize(4);
        put("f");
        assertThatThrownBy(() -> store.watch(first, key -> true)).isInstanceOf(CompactedException.class);
    }

    @Test
    void aSnapshotShowsThePast() throws Exception {
        put("a");
        var then = put("b");
        store.remove(key("a"));
        put("c");
        store.put(key("b"), Json.object().put("changed", true));
        var past = store.snapshot(THINGS, then);
        assertThat(past.objects()).containsOnlyKeys("ns/a", "ns/b");
        assertThat(past.objects().get("ns/b").has("changed")).isFalse();
        assertThat(store.snapshot(THINGS).objects()).containsOnlyKeys("ns/b", "ns/c");
    }

    @Test
    void everyWriteHasARevisionOfItsOwn() {
        var first = put("a");
        assertThat(put("a")).isEqualTo(first + 1);
        assertThat(store.remove(key("a"))
                        .orElseThrow()
                        .at("/metadata/resourceVersion")
                        .asLong())
                .isEqualTo(first + 2);
    }
}
