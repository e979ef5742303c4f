package io.orrery.jobtracker;

import io.orrery.reconciler.seal.Keysets;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Map;

/** Makes a folder of new keysets, and gives the registry a bucket on the backbone's S3. */
public final class KeysResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory("orrery-keys");
            new Keysets(folder).create();
            return Map.of("orrery.keys.folder", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        // The folder is a temporary one.
    }
}
