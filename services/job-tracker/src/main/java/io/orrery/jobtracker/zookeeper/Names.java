package io.orrery.jobtracker.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Ids as names of nodes. They come from outside and may hold anything: slashes, dots, control characters. Every byte
 * but letters, digits, {@code -} and {@code _} is written as {@code %xx}.
 */
final class Names {

    private static final HexFormat HEX = HexFormat.of();

    private Names() {}

    static String encode(String id) {
        var name = new StringBuilder();
        for (byte octet : id.getBytes(UTF_8)) {
            if (isPlain(octet)) {
                name.append((char) octet);
            } else {
                name.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return name.toString();
    }

    static String decode(String name) {
        var octets = new ByteArrayOutputStream(name.length());
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) == '%') {
                octets.write(HexFormat.fromHexDigits(name, at + 1, at + 3));
                at += 2;
            } else {
                octets.write(name.charAt(at));
            }
        }
        return octets.toString(UTF_8);
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '_';
    }
}
