package io.orrery.sandbox.openstack.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** A range of IPv4 addresses; addresses are numbers here, so that they can be compared and counted. */
public record Cidr(long first, int prefix) {
    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    /** Reads {@code 10.0.0.7/24} as 10.0.0.0/24; empty if it is no IPv4 range. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return prefix > 32
                ? Optional.empty()
                : address(text.substring(0, slash)).map(address -> new Cidr(address & mask(prefix), prefix));
    }

    /** An address as a number; empty if it is no IPv4 address. */
    public static Optional<Long> address(String text) {
        var matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 1; i <= 4; i++) {
            int octet = Integer.parseInt(matcher.group(i));
            if (octet > 255) {
                return Optional.empty();
            }
            address = address << 8 | octet;
        }
        return Optional.of(address);
    }

    public static String text(long address) {
        return "%d.%d.%d.%d".formatted(address >> 24 & 255, address >> 16 & 255, address >> 8 & 255, address & 255);
    }

    private static long mask(int prefix) {
        return prefix == 0 ? 0 : 0xffffffffL << (32 - prefix) & 0xffffffffL;
    }

    /** The broadcast address, where there is one. */
    public long last() {
        return first | (~mask(prefix) & 0xffffffffL);
    }

    /** The first address that a machine can have. */
    public long firstUsable() {
        return prefix >= 31 ? first : first + 1;
    }

    public long lastUsable() {
        return prefix >= 31 ? last() : last() - 1;
    }

    public boolean contains(long address) {
        return first <= address && address <= last();
    }

    public boolean overlaps(Cidr other) {
        return contains(other.first) || other.contains(first);
    }

    @Override
    public String toString() {
        return text(first) + "/" + prefix;
    }
}
