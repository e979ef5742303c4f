package io.orrery.sandbox.openstack.nova;

import java.util.Base64;

/** The user-data of a server, decoded. */
final class UserData {
    private final byte[] bytes;

    private UserData(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Nova decodes as leniently as this: what is no base64 is skipped. */
    static UserData decode(String base64) {
        try {
            return new UserData(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException cutOff) {
            return new UserData(new byte[0]);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
