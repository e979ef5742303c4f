package io.orrery.contracts.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IP addresses from text, without ever asking a name server. */
final class Addresses {

    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    /** With any other first character the JDK would take the text for a host name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

    static InetAddress parse(String text) {
        if (IPV4.matcher(text).matches()
                || (text.contains(":") && IPV6.matcher(text).matches())) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException notAnAddress) {
                throw new IllegalArgumentException("not an IP address", notAnAddress);
            }
        }
        throw new IllegalArgumentException("not an IP address");
    }

    private Addresses() {}
}
