package io.orrery.provisioner.model;

import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Kubernetes.Cni;
import java.util.List;
import java.util.Optional;

/** What the document wants of the cloud, with every name in it resolved to an id. */
public record Desired(
        PlatformName platform, Uid uid, Net network, Access access, List<Pool> pools, Optional<String> vip) {

    /**
     * @param external where floating IPs come from
     * @param attached existing networks that every machine also gets a port on
     * @param groups existing security groups that every machine also gets
     * @param network an existing network to be used in place of an own one; likewise the others
     */
    public record Net(
            String cidr,
            List<String> dns,
            String external,
            List<String> attached,
            List<String> groups,
            Optional<String> network,
            Optional<String> subnet,
            Optional<String> router,
            Optional<String> floatingIp) {

        public Net {
            dns = List.copyOf(dns);
            attached = List.copyOf(attached);
            groups = List.copyOf(groups);
        }
    }

    /** Who may reach what; ranges of addresses. */
    public record Access(Cni cni, List<String> api, List<String> http, List<String> ssh) {
        public Access {
            api = List.copyOf(api);
            http = List.copyOf(http);
            ssh = List.copyOf(ssh);
        }
    }

    /** @param spread Nova's policy; empty: none */
    public record Pool(
            String name,
            Slot.Role role,
            int count,
            String flavor,
            String image,
            Optional<String> spread,
            Optional<Disk> disk,
            List<String> zones) {

        public Pool {
            zones = List.copyOf(zones);
        }
    }

    /**
     * @param gib its size
     * @param boot whether it takes the place of the flavor's own disk
     */
    public record Disk(int gib, Optional<String> type, boolean boot) {}

    public Desired {
        pools = List.copyOf(pools);
    }

    public Optional<Pool> pool(String name) {
        return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    public String name(String key) {
        return Keys.name(platform, uid, key);
    }
}
