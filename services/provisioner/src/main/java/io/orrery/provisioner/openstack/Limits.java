package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orrery.provisioner.model.Measure;
import io.orrery.provisioner.model.Room;
import io.orrery.provisioner.model.Room.Allotment;
import io.orrery.provisioner.model.Room.Question;
import io.orrery.provisioner.model.Room.VolumeType;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Asks the services, all at once, how much more a project may have: Nova's limits, Cinder's quota set with its usage,
 * Neutron's quota details, Octavia's quota. What a service does not have, or does not tell a member, counts as without limit: its refusal
 * will tell.
 */
final class Limits {

    private static final Logger LOG = Logger.getLogger(Limits.class);
    private static final Executor EACH_ITS_OWN = task -> Thread.ofVirtual().start(task);
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private static final Map<String, Measure> OF_NEUTRON = Map.of(
            "network", Measure.NETWORKS,
            "subnet", Measure.SUBNETS,
            "port", Measure.PORTS,
            "router", Measure.ROUTERS,
            "floatingip", Measure.FLOATING_IPS,
            "security_group", Measure.SECURITY_GROUPS,
            "security_group_rule", Measure.SECURITY_GROUP_RULES);

    private final Connection connection;

    Limits(Connection connection) {
        this.connection = connection;
    }

    Room room(Question question) {
        var project = connection.projectId();
        var nova = ask(true, "compute", "/limits");
        var neutron = ask(true, "network", "/quotas/" + project + "/details");
        var pool = ask(
                question.external().isPresent(),
                "network",
                "/network-ip-availabilities?network_id=" + question.external().orElse(""));
        var cinder = ask(question.volumes(), "volume", "/os-quota-sets/" + project + "?usage=True");
        var types = ask(question.volumes(), "volume", "/types");
        var usualType = ask(question.volumes(), "volume", "/types/default");
        var octavia = ask(question.balancers(), "load-balancer", "/lbaas/quotas/" + project);
        var zones = ask(question.zones(), "compute", "/os-availability-zone");

        var known = types(join(types));
        var quota = new HashMap<Measure, Allotment>();
        compute(join(nova).path("limits").path("absolute"), quota);
        network(join(neutron).path("quota"), quota);
        addresses(join(pool).path("network_ip_availabilities").path(0), quota);
        volume(join(cinder).path("quota_set"), known, quota);
        balancing(join(octavia).path("quota"), quota);
        var usual = Optional.ofNullable(
                join(usualType).path("volume_type").path("name").textValue());
        return new Room(quota, zones(join(zones)), known, usual);
    }

    private static void compute(JsonNode limits, Map<Measure, Allotment> quota) {
        put(quota, Measure.INSTANCES, limits.path("maxTotalInstances"), limits.path("totalInstancesUsed"));
        put(quota, Measure.CORES, limits.path("maxTotalCores"), limits.path("totalCoresUsed"));
        put(quota, Measure.RAM, limits.path("maxTotalRAMSize"), limits.path("totalRAMUsed"));
        put(quota, Measure.SERVER_GROUPS, limits.path("maxServerGroups"), limits.path("totalServerGroupsUsed"));
        put(quota, Measure.SERVER_GROUP_MEMBERS, limits.path("maxServerGroupMembers"), NOTHING);
    }

    private static void network(JsonNode details, Map<Measure, Allotment> quota) {
        OF_NEUTRON.forEach((name, measure) -> put(quota, measure, details.path(name), "used"));
    }

    /** Administrators are told, and whomever the cloud's policy lets know: others see an empty list. */
    private static void addresses(JsonNode network, Map<Measure, Allotment> quota) {
        long total = 0;
        long used = 0;
        for (var subnet : network.path("subnet_ip_availability")) {
            if (subnet.path("ip_version").asInt() == 4) {
                total += subnet.path("total_ips").asLong();
                used += subnet.path("used_ips").asLong();
            }
        }
        if (total > 0) {
            quota.put(Measure.EXTERNAL_ADDRESSES, new Allotment(total, used));
        }
    }

    private static void volume(JsonNode set, List<VolumeType> types, Map<Measure, Allotment> quota) {
        put(quota, Measure.VOLUMES, set.path("volumes"), "in_use");
        put(quota, Measure.GIGABYTES, set.path("gigabytes"), "in_use");
        put(quota, Measure.VOLUME_SIZE, set.path("per_volume_gigabytes").path("limit"), NOTHING);
        for (var type : types) {
            put(quota, Measure.volumesOf(type.name()), set.path("volumes_" + type.name()), "in_use");
            put(quota, Measure.gigabytesOf(type.name()), set.path("gigabytes_" + type.name()), "in_use");
        }
    }

    /** Which are there is not said; older releases spell it in another way. */
    private static void balancing(JsonNode octavia, Map<Measure, Allotment> quota) {
        var limit = octavia.has("loadbalancer") ? octavia.path("loadbalancer") : octavia.path("load_balancer");
        put(quota, Measure.LOAD_BALANCERS, limit, NOTHING);
    }

    private static List<VolumeType> types(JsonNode answer) {
        return StreamSupport.stream(answer.path("volume_types").spliterator(), false)
                .map(type -> new VolumeType(
                        type.path("id").asText(), type.path("name").asText()))
                .toList();
    }

    private static Map<String, Boolean> zones(JsonNode answer) {
        var zones = new HashMap<String, Boolean>();
        answer.path("availabilityZoneInfo")
                .forEach(zone -> zones.put(
                        zone.path("zoneName").asText(),
                        zone.path("zoneState").path("available").asBoolean()));
        return zones;
    }

    /** What is reserved for requests under way is as good as used. */
    private static void put(Map<Measure, Allotment> quota, Measure measure, JsonNode detail, String usedName) {
        var used = detail.path(usedName).asLong() + detail.path("reserved").asLong();
        put(quota, measure, detail.path("limit"), LongNode.valueOf(used));
    }

    private static void put(Map<Measure, Allotment> quota, Measure measure, JsonNode limit, JsonNode used) {
        if (limit.isNumber()) {
            var most = limit.asLong() < 0 ? Long.MAX_VALUE : limit.asLong();
            quota.put(measure, new Allotment(most, used.asLong()));
        }
    }

    private CompletableFuture<JsonNode> ask(boolean needed, String service, String path) {
        return needed
                ? CompletableFuture.supplyAsync(() -> ask(service, path), EACH_ITS_OWN)
                : CompletableFuture.completedFuture(NOTHING);
    }

    private JsonNode ask(String service, String path) {
        try {
            return connection.json("GET", service, path, Map.of(), Optional.empty());
        } catch (CloudException e) {
            if (e.sort() != Sort.NOT_FOUND && e.sort() != Sort.REFUSED) {
                throw e;
            }
            LOG.infof("%s of %s is taken for without limit: %s", path, service, e.getMessage());
            return NOTHING;
        }
    }

    private static JsonNode join(CompletableFuture<JsonNode> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CloudException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
