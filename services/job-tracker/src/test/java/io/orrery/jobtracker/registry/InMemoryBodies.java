package io.orrery.jobtracker.registry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Bodies that only this test knows. */
final class InMemoryBodies implements BodyStore {

    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    Set<String> keys() {
        return contents.keySet();
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public void put(String key, byte[] content) {
        contents.put(key, content);
    }

    @Override
    public byte[] get(String key) {
        return Optional.ofNullable(contents.get(key))
                .orElseThrow(() -> new JobStore.StoreException("no " + key, new IllegalStateException()));
    }

    @Override
    public void delete(String key) {
        contents.remove(key);
    }

    @Override
    public void deleteAll(String prefix) {
        contents.keySet().removeIf(key -> key.startsWith(prefix));
    }
}
