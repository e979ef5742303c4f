package io.orrery.cluster.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.cluster.model.ClusterKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What machines join with, in RKE2's full form: {@code K10<hash>::<user>:<password>}. The hash is that of the server
 * CA's certificate file, byte for byte, by which a joiner knows the servers before it has spoken to any.
 */
public final class Tokens {

    private Tokens() {}

    public static String server(ClusterKeys keys) {
        return full(keys.serverCa().certificate(), "server", keys.serverPassword());
    }

    public static String agent(ClusterKeys keys) {
        return full(keys.serverCa().certificate(), "node", keys.agentPassword());
    }

    static String full(String serverCaPem, String user, String password) {
        return "K10" + sha256(serverCaPem) + "::" + user + ":" + password;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
