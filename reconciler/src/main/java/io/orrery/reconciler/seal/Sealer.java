package io.orrery.reconciler.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Sealed.Purpose;
import io.orrery.contracts.Uid;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Seals what one service must hand to another, and opens it again. The platform's uid and the purpose are bound in: a
 * secret copied into another platform's status does not open there.
 */
public final class Sealer {

    /** The keyset of the purpose is not mounted here, or the sealed value was not made with it for this platform. */
    public static final class SealException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SealException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private record Keys(Aead aead, Mac mac) {}

    private final Keysets keysets;
    private final Map<Purpose, Keys> keys = new ConcurrentHashMap<>();

    public Sealer(Keysets keysets) {
        this.keysets = keysets;
    }

    public Sealed seal(Purpose purpose, Uid uid, byte[] secret) {
        try {
            var with = keys.computeIfAbsent(purpose, this::read);
            var ciphertext = with.aead.encrypt(secret, binding(purpose, uid));
            var digest = with.mac.computeMac(concat(binding(purpose, uid), secret));
            return new Sealed(
                    purpose,
                    HexFormat.of().formatHex(digest),
                    Base64.getEncoder().encodeToString(ciphertext));
        } catch (GeneralSecurityException e) {
            throw new SealException("cannot seal for " + purpose, e);
        }
    }

    public byte[] open(Uid uid, Sealed sealed) {
        try {
            var with = keys.computeIfAbsent(sealed.purpose(), this::read);
            return with.aead.decrypt(Base64.getDecoder().decode(sealed.ciphertext()), binding(sealed.purpose(), uid));
        } catch (GeneralSecurityException e) {
            throw new SealException("cannot open what was sealed for " + sealed.purpose(), e);
        }
    }

    private Keys read(Purpose purpose) {
        try {
            var configuration = RegistryConfiguration.get();
            return new Keys(
                    keysets.readAead(purpose).getPrimitive(configuration, Aead.class),
                    keysets.readMac(purpose).getPrimitive(configuration, Mac.class));
        } catch (GeneralSecurityException | IOException e) {
            throw new SealException("the keyset for " + purpose + " is not mounted, or cannot be read", e);
        }
    }

    private static byte[] binding(Purpose purpose, Uid uid) {
        return (uid + "/" + purpose).getBytes(UTF_8);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
