package io.orrery.sparkdeployer.harness;

import io.orrery.reconciler.seal.Keysets;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.Map;

/** Keysets for the service under test, in a folder that goes afterwards. */
public final class KeysResource implements QuarkusTestResourceLifecycleManager {

    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("keys");
            new Keysets(folder).create();
            return Map.of("orrery.keys.folder", folder.toString());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no keysets", e);
        }
    }

    @Override
    public void stop() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
