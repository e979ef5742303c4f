package io.orrery.cluster.model;

import io.orrery.contracts.Foundation;
import io.orrery.contracts.platform.Cidr;
import io.orrery.contracts.platform.Kubernetes;
import io.orrery.contracts.platform.Network;
import io.orrery.contracts.platform.Spec;
import java.util.ArrayList;
import java.util.List;

/**
 * What all machines of a cluster are told, whatever their role; secrets apart.
 *
 * @param version of RKE2
 * @param registration address that joiners find the first server at
 * @param held whether the servers themselves hand the registration address to each other, for want of a load balancer
 * @param names what the API server's certificate is for
 * @param mtu of the machines' network, in bytes
 * @param reserved whether servers run nothing but the control plane
 * @param ingress whether an ingress controller of another kind will be installed, so that RKE2 must not bring its own
 */
public record Recipe(
        String version,
        Kubernetes.Cni cni,
        Cidr pods,
        Cidr services,
        Kubernetes.Snapshots snapshots,
        String registration,
        boolean held,
        List<String> names,
        int mtu,
        boolean reserved,
        boolean ingress) {

    public Recipe {
        names = List.copyOf(names);
    }

    public static Recipe of(Spec spec, Kubernetes.Managed kubernetes, Foundation foundation) {
        var names = new ArrayList<>(List.of(foundation.vip(), foundation.apiAddress()));
        names.addAll(spec.network().api().names());
        return new Recipe(
                kubernetes.version(),
                kubernetes.cni(),
                kubernetes.pods(),
                kubernetes.services(),
                kubernetes.snapshots(),
                foundation.vip(),
                spec.network().api().endpoint() == Network.Endpoint.VIP,
                names,
                foundation.mtu(),
                spec.agents() > 0,
                spec.monitoring().traefik());
    }
}
