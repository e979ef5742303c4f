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
     * @param balanced whether a load balancer has the API server's address; else the servers hand it to each other
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
            Optional<String> floatingIp,
            boolean balanced) {

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

    /**
     * @param spread Nova's policy; empty: none
     * @param zones to spread the machines over; empty: left to the cloud
     * @param words how the document calls flavor and image, whatever they lead to
     */
    public record Pool(
            String name,
            Slot.Role role,
            int count,
            String flavor,
            String image,
            Optional<String> spread,
            Optional<Slot.Disk> disk,
            List<String> zones,
            boolean configDrive,
            Optional<String> words) {

        public Pool {
            zones = List.copyOf(zones);
        }
    }

    public Desired {
        pools = List.copyOf(pools);
    }

    public Optional<Pool> pool(String name) {
        return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    /** What the pool's machines are made of, but for the zone. */
    public Slot.Design design(Pool pool) {
        return new Slot.Design(
                pool.flavor(),
                pool.image(),
                pool.disk(),
                network.attached(),
                pool.spread(),
                Optional.empty(),
                pool.configDrive(),
                pool.words());
    }

    /**
     * Whether the machine is made otherwise than its pool wants it: it is to be replaced, by another one. That its image's
     * name leads to another image by now, because the cloud has published it anew, is nobody's wish for that.
     */
    public boolean isOutdated(Slot slot) {
        return pool(slot.pool())
                .filter(pool ->
                        slot.design().filter(made -> differs(pool, made)).isPresent())
                .isPresent();
    }

    private boolean differs(Pool pool, Slot.Design made) {
        var elsewhere = !pool.zones().isEmpty()
                && made.zone().filter(pool.zones()::contains).isEmpty();
        var wanted = design(pool);
        var called = made.words().isPresent() && made.words().equals(wanted.words());
        var comparable = called ? wanted.of(made.flavorId(), made.imageId()) : wanted.called(made.words());
        return elsewhere || !made.in(Optional.empty()).equals(comparable);
    }

    public String name(String key) {
        return Keys.name(platform, uid, key);
    }
}
