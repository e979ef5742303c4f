package io.orrery.jobtracker;

import io.orrery.reconciler.seal.Keysets;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;

/** Makes a folder of new keysets for the application under test, and lets its streams beat fast. */
public final class KeysResource implements QuarkusTestResourceLifecycleManager {

    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("orrery-keys");
            new Keysets(folder).create();
            return Map.of(
                    "orrery.keys.folder",
                    folder.toString(),
                    "orrery.job-tracker.stream-heartbeat",
                    "200ms",
                    "orrery.job-tracker.openeo-zookeeper",
                    "${orrery.zookeeper.connect}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** At the JVM's end only, the last registered first: a service that is stopping may still read them. */
    @Override
    public void stop() {
        try (var files = Files.walk(folder)) {
            files.map(Path::toFile).forEach(File::deleteOnExit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
