package io.orrery.provisioner.openstack;

import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * What Nova is given for cloud-init: base64, and gzip below it where the plain text comes near Nova's limit. cloud-init
 * knows gzip by its first bytes; plain text is easier for people to read in {@code openstack server show}.
 */
final class UserData {

    /** Nova's schema: characters of base64. */
    private static final int MOST = 65_535;

    private static final int NEAR = 60_000;

    private UserData() {}

    /** @throws CloudException if it is too long also when packed */
    static String encode(byte[] plain) {
        var text = base64(plain);
        if (text.length() <= NEAR) {
            return text;
        }
        var packed = base64(gzip(plain));
        if (packed.length() > MOST) {
            throw new CloudException(
                    Sort.REFUSED,
                    "the user-data takes " + packed.length() + " characters, packed as it is, and Nova takes " + MOST);
        }
        return packed;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] gzip(byte[] plain) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
