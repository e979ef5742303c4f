package io.orrery.sandbox.openstack.machine;

import java.util.List;

/**
 * A network card.
 *
 * @param addresses its fixed addresses
 * @param allowed further addresses that the port lets through (its allowed address pairs): those of VIPs
 * @param balanced addresses of the load balancers that it is a member of
 */
public record Nic(
        String portId,
        String networkId,
        String networkName,
        String mac,
        List<String> addresses,
        List<String> allowed,
        List<String> balanced) {
    public Nic {
        addresses = List.copyOf(addresses);
        allowed = List.copyOf(allowed);
        balanced = List.copyOf(balanced);
    }
}
