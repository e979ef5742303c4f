package io.orrery.reconciler.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import io.orrery.contracts.Sealed.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Set;

/**
 * A folder of Tink keysets, two files for each purpose: {@code <purpose>.aead.json} encrypts, {@code <purpose>.mac.json}
 * makes the digests by which equal secrets are known. A service is given only the purposes that it needs.
 */
public final class Keysets {

    private final Path folder;

    public Keysets(Path folder) throws GeneralSecurityException {
        this.folder = folder;
        AeadConfig.register();
        MacConfig.register();
    }

    /** Makes new keysets for every purpose that has none in the folder yet; readable by their owner only. */
    public void create() throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        for (var purpose : Purpose.values()) {
            create(aead(purpose), PredefinedAeadParameters.AES256_GCM);
            create(mac(purpose), PredefinedMacParameters.HMAC_SHA256_256BITTAG);
        }
    }

    KeysetHandle readAead(Purpose purpose) throws IOException, GeneralSecurityException {
        return read(aead(purpose));
    }

    KeysetHandle readMac(Purpose purpose) throws IOException, GeneralSecurityException {
        return read(mac(purpose));
    }

    private static void create(Path file, Parameters parameters) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            return;
        }
        var json = TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(parameters), InsecureSecretKeyAccess.get());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(UTF_8.encode(json));
        }
    }

    private static KeysetHandle read(Path file) throws IOException, GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
    }

    private Path aead(Purpose purpose) {
        return folder.resolve(word(purpose) + ".aead.json");
    }

    private Path mac(Purpose purpose) {
        return folder.resolve(word(purpose) + ".mac.json");
    }

    private static String word(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
