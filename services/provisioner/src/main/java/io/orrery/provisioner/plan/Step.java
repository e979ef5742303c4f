package io.orrery.provisioner.plan;

import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Rule;
import io.orrery.provisioner.model.Thing;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One call to the cloud. Steps of one plan do not depend on each other: they may run all at once. */
public sealed interface Step {

    /** The ledger's key of what it is about. */
    String key();

    /** In words for people. */
    String words();

    /** @param name what it is found again by, told before */
    record Create(String key, Kind kind, String name, Blueprint blueprint) implements Step {
        @Override
        public String words() {
            return "create " + kind.word() + " " + name;
        }
    }

    record Rename(String key, Kind kind, String id, String name) implements Step {
        @Override
        public String words() {
            return "name " + kind.word() + " " + id + " " + name + " again";
        }
    }

    /**
     * Makes nothing, because somebody else has a thing under the name that was to be ours. Fails as long as that is so: a
     * person has to see to it.
     */
    record LeaveAlone(String key, Kind kind, String id, String name) implements Step {
        @Override
        public String words() {
            return "create " + kind.word() + " " + name + " beside " + id;
        }
    }

    /** Writes the marks that make a server ours, beside whatever else its metadata say. */
    record Mark(String key, String serverId, Map<String, String> marks) implements Step {
        public Mark {
            marks = Map.copyOf(marks);
        }

        @Override
        public String words() {
            return "mark server " + serverId + " as ours";
        }
    }

    record SwitchOn(String key, Kind kind, String id) implements Step {
        @Override
        public String words() {
            return "switch " + kind.word() + " " + id + " on";
        }
    }

    /** @param dns none: the cloud's own */
    record SetNameServers(String key, String subnetId, List<String> dns) implements Step {
        public SetNameServers {
            dns = List.copyOf(dns);
        }

        @Override
        public String words() {
            return "give subnet " + subnetId + " its name servers " + dns;
        }
    }

    record SwitchDhcpOn(String key, String subnetId) implements Step {
        @Override
        public String words() {
            return "let subnet " + subnetId + " tell machines their addresses again (DHCP)";
        }
    }

    /** Where the subnet's machines send what is for others. */
    record SetDefaultRoute(String key, String subnetId, String address) implements Step {
        @Override
        public String words() {
            return "give subnet " + subnetId + " its gateway " + address;
        }
    }

    /** Takes all routes off a router that somebody put there: none are ours. */
    record DropRoutes(String key, String routerId) implements Step {
        @Override
        public String words() {
            return "take routes off router " + routerId;
        }
    }

    record SetGateway(String key, String routerId, String networkId) implements Step {
        @Override
        public String words() {
            return "give router " + routerId + " its gateway";
        }
    }

    record Associate(String key, String floatingIpId, String portId) implements Step {
        @Override
        public String words() {
            return "lead floating ip " + floatingIpId + " to port " + portId;
        }
    }

    record Describe(String key, Kind kind, String id, String text) implements Step {
        @Override
        public String words() {
            return "describe " + kind.word() + " " + id + " as \"" + text + "\" again";
        }
    }

    record AddRules(String key, String groupId, Set<Rule> rules) implements Step {
        public AddRules {
            rules = Set.copyOf(rules);
        }

        @Override
        public String words() {
            return "add " + rules.size() + " rules to security group " + groupId;
        }
    }

    record RemoveRule(String key, String groupId, String ruleId) implements Step {
        @Override
        public String words() {
            return "remove rule " + ruleId + " from security group " + groupId;
        }
    }

    /**
     * Brings a port's settings back to its blueprint's.
     *
     * @param guard whether its port security has to be switched on for that
     */
    record AmendPort(String key, String portId, Blueprint.Port blueprint, boolean guard) implements Step {
        @Override
        public String words() {
            return "set port " + portId + " right";
        }
    }

    /**
     * Brings one part of a load balancer nearer to how it is to be.
     *
     * @param balancer as it was seen
     */
    record MendBalancer(String key, Thing.LoadBalancer balancer, Mending mending) implements Step {
        @Override
        public String words() {
            return mending.words() + " of load balancer " + balancer.id();
        }
    }

    /** Plugs a port into a server that runs already. */
    record PlugPort(String key, String serverId, String portId) implements Step {
        @Override
        public String words() {
            return "plug port " + portId + " into server " + serverId;
        }
    }

    record Unplug(String key, String routerId, String subnetId) implements Step {
        @Override
        public String words() {
            return "take subnet " + subnetId + " off router " + routerId;
        }
    }

    record Delete(String key, Kind kind, String id, String name) implements Step {
        @Override
        public String words() {
            return "delete " + kind.word() + " " + name;
        }
    }

    /** Puts an object into the bucket, gets it and deletes it, to see whether that works. */
    record Probe(String key, String bucket) implements Step {
        @Override
        public String words() {
            return "use bucket " + bucket;
        }
    }

    /** Asks by id for what the lists do not show. */
    record AskFor(String key, Kind kind, String id) implements Step {
        @Override
        public String words() {
            return "ask for " + kind.word() + " " + id;
        }
    }
}
