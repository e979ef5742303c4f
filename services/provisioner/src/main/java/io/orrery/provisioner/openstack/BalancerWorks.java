package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.provisioner.model.Balance.Check;
import io.orrery.provisioner.model.Balance.Member;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.model.Thing.LoadBalancer;
import io.orrery.provisioner.plan.Balancing;
import io.orrery.provisioner.plan.Blueprint;
import io.orrery.provisioner.plan.Entrance;
import io.orrery.provisioner.plan.Mending;
import io.orrery.provisioner.plan.Step;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes load balancers and mends them, in the words of Octavia's API. */
final class BalancerWorks {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TCP = "TCP";

    /** Watches and logs are silent for long; Octavia's own 50 s would cut them. */
    private static final Duration SILENCE = Duration.ofHours(1);

    private final Connection connection;

    BalancerWorks(Connection connection) {
        this.connection = connection;
    }

    /** With its whole tree: one call, where one by one each part would have to wait for the one before. */
    Thing create(String name, Blueprint.LoadBalancer blueprint) {
        var body = JSON.objectNode();
        var balancer = body.putObject("loadbalancer").put("name", name).put("vip_port_id", blueprint.portId());
        var listeners = balancer.putArray("listeners");
        blueprint.entrances().forEach(entrance -> {
            var pool = listener(listeners.addObject(), name, entrance).putObject("default_pool");
            pool(pool, entrance.pool(name));
            monitor(pool.putObject("healthmonitor"), entrance.pool(name));
            members(pool, entrance.members());
        });
        var made = send("POST", "/loadbalancers", body);
        return Balancing.made(made.at("/loadbalancer/id").asText(), name, blueprint);
    }

    /** It is being changed then: the next change has to wait. */
    Thing mend(Step.MendBalancer step) {
        var balancer = step.balancer();
        var answer =
                switch (step.mending()) {
                    case Mending.AddPool add -> {
                        var body = JSON.objectNode();
                        pool(body.putObject("pool"), add.name()).put("loadbalancer_id", balancer.id());
                        yield send("POST", "/pools", body);
                    }
                    case Mending.SwitchPoolOn on -> {
                        var body = JSON.objectNode();
                        body.putObject("pool").put("admin_state_up", true);
                        yield send("PUT", "/pools/" + on.poolId(), body);
                    }
                    case Mending.SetMembers set ->
                        send("PUT", "/pools/" + set.poolId() + "/members", members(JSON.objectNode(), set.members()));
                    case Mending.Monitor monitor -> monitor(balancer, monitor);
                    case Mending.Listener listener -> listener(balancer, listener);
                };
        return step.mending().on(balancer, answer.findPath("id").asText()).in(LoadBalancer.Provisioning.PENDING);
    }

    private JsonNode monitor(LoadBalancer balancer, Mending.Monitor monitor) {
        var body = JSON.objectNode();
        var fields = body.putObject("healthmonitor");
        if (monitor.monitorId().isPresent()) {
            check(fields, Entrance.CHECK);
            return send("PUT", "/healthmonitors/" + monitor.monitorId().get(), body);
        }
        monitor(fields, balancer.name()).put("pool_id", monitor.poolId());
        return send("POST", "/healthmonitors", body);
    }

    private JsonNode listener(LoadBalancer balancer, Mending.Listener listener) {
        var body = JSON.objectNode();
        var fields = body.putObject("listener");
        if (listener.listenerId().isPresent()) {
            openTo(fields, listener.entrance().sources())
                    .put("admin_state_up", true)
                    .put("default_pool_id", listener.poolId());
            return send("PUT", "/listeners/" + listener.listenerId().get(), body);
        }
        listener(fields, balancer.name(), listener.entrance())
                .put("loadbalancer_id", balancer.id())
                .put("default_pool_id", listener.poolId());
        return send("POST", "/listeners", body);
    }

    private static ObjectNode listener(ObjectNode listener, String balancer, Entrance entrance) {
        return openTo(listener, entrance.sources())
                .put("name", entrance.pool(balancer))
                .put("protocol", TCP)
                .put("protocol_port", entrance.port())
                .put("timeout_client_data", SILENCE.toMillis())
                .put("timeout_member_data", SILENCE.toMillis());
    }

    private static ObjectNode openTo(ObjectNode listener, Set<String> sources) {
        var ranges = listener.putArray("allowed_cidrs");
        sources.stream().sorted().forEach(ranges::add);
        return listener;
    }

    private static ObjectNode pool(ObjectNode pool, String name) {
        return pool.put("name", name).put("protocol", TCP).put("lb_algorithm", "ROUND_ROBIN");
    }

    private static ObjectNode monitor(ObjectNode monitor, String name) {
        monitor.put("name", name).put("type", Entrance.CHECK.type());
        return check(monitor, Entrance.CHECK);
    }

    private static ObjectNode check(ObjectNode monitor, Check check) {
        return monitor.put("delay", check.delay())
                .put("timeout", check.timeout())
                .put("max_retries", check.retries())
                .put("max_retries_down", check.retries())
                .put("admin_state_up", check.up());
    }

    private static ObjectNode members(ObjectNode pool, Set<Member> members) {
        var all = pool.putArray("members");
        members.stream().sorted().forEach(member -> all.addObject()
                .put("address", member.address())
                .put("protocol_port", member.port())
                .put("monitor_port", member.checked())
                .put("admin_state_up", true)
                .put("weight", 1));
        return pool;
    }

    private JsonNode send(String verb, String path, ObjectNode body) {
        return connection.json(verb, "load-balancer", "/lbaas" + path, Map.of(), Optional.of(body));
    }
}
