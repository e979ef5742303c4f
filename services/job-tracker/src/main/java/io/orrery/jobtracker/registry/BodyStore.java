package io.orrery.jobtracker.registry;

/** Keeps the large parts of jobs, by keys that name their content: what a key leads to never changes. */
public interface BodyStore {

    /** Whether there is one; without it, what does not fit into the store of jobs is refused. */
    boolean isThere();

    void put(String key, byte[] content);

    byte[] get(String key);

    void delete(String key);

    void deleteAll(String prefix);

    /** For a registry that nobody gave a bucket. */
    final class Absent implements BodyStore {

        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public void put(String key, byte[] content) {
            throw new IllegalStateException("no bucket to put it into");
        }

        @Override
        public byte[] get(String key) {
            throw new IllegalStateException("no bucket to get it from");
        }

        @Override
        public void delete(String key) {
            throw new IllegalStateException("no bucket to delete it from");
        }

        @Override
        public void deleteAll(String prefix) {
            // Nothing was ever put.
        }
    }
}
