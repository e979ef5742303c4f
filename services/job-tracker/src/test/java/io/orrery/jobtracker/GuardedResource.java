package io.orrery.jobtracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.jobtracker.issuer.ForeignIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Runs an issuer for the application under test, and mounts what it needs to use it, keysets and API tokens. */
public final class GuardedResource implements QuarkusTestResourceLifecycleManager {

    static final String PLATFORM = "guarded";
    static final String VIEWER = "viewers-token";
    static final String ADMIN = "admins-token";

    private final KeysResource keys = new KeysResource();
    private ForeignIssuer issuer;

    @Override
    public Map<String, String> start() {
        try {
            issuer = new ForeignIssuer(0);
            var folder = Files.createTempDirectory("orrery-guarded");
            var drivers = Files.createDirectory(folder.resolve("drivers"));
            Files.writeString(drivers.resolve(PLATFORM), "driver:secret\n");
            var tokens = Files.writeString(
                    folder.resolve("tokens"), "viewer " + hash(VIEWER) + " Vera\nadmin " + hash(ADMIN) + " Ada\n");
            var settings = new HashMap<>(keys.start());
            settings.put("orrery.access.tokens", tokens.toString());
            settings.put("orrery.job-tracker.oidc.issuer", issuer.name().toString());
            settings.put("orrery.job-tracker.oidc.drivers", drivers.toString());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        issuer.close();
        keys.stop();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
