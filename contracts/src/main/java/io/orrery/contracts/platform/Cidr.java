package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of IPv4 or IPv6 addresses, such as 10.20.0.0/24. */
public record Cidr(InetAddress network, int prefix) {

    public Cidr {
        var bits = network.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("the prefix must be 0 to " + bits);
        }
        if (new BigInteger(1, network.getAddress()).getLowestSetBit() >= 0
                && new BigInteger(1, network.getAddress()).getLowestSetBit() < bits - prefix) {
            throw new IllegalArgumentException("bits are set behind the prefix");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Cidr parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("a range is written as address/prefix, such as 10.20.0.0/24");
        }
        return new Cidr(Addresses.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean isIpv4() {
        return network instanceof Inet4Address;
    }

    public boolean contains(InetAddress address) {
        var bits = network.getAddress().length * Byte.SIZE;
        return address.getAddress().length == network.getAddress().length
                && number(address)
                        .shiftRight(bits - prefix)
                        .equals(number(network).shiftRight(bits - prefix));
    }

    public boolean overlaps(Cidr other) {
        return contains(other.network) || other.contains(network);
    }

    /** The first address after the network's own, which a subnet's gateway usually has. */
    public InetAddress first() {
        var bytes = network.getAddress();
        bytes[bytes.length - 1]++;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is as long as another", e);
        }
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    @Override
    @JsonValue
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
