package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import java.util.List;

/** Security groups. Each project has one named {@code default}, which is there as soon as anybody looks. */
final class Groups implements Behaviour {
    private final Topology topology;
    private final World world;

    Groups(Topology topology, World world) {
        this.topology = topology;
        this.world = world;
    }

    ObjectNode defaultOf(String project) {
        return topology.groups.all().stream()
                .filter(group -> Json.text(group, "project_id").equals(project)
                        && Json.text(group, "name").equals("default"))
                .findFirst()
                .orElseGet(() -> makeDefault(project));
    }

    private ObjectNode makeDefault(String project) {
        var group = Json.object(
                "id",
                World.uuid(),
                "name",
                "default",
                "description",
                "Default security group",
                "stateful",
                true,
                "tenant_id",
                project,
                "project_id",
                project,
                "tags",
                List.of(),
                "created_at",
                world.nowInSeconds(),
                "updated_at",
                world.nowInSeconds(),
                "revision_number",
                1,
                "shared",
                false);
        topology.groups.add(Topology.id(group), group);
        for (var ethertype : List.of("IPv4", "IPv6")) {
            addRule(group, "ingress", ethertype).put("remote_group_id", Topology.id(group));
            addRule(group, "egress", ethertype);
        }
        return group;
    }

    private ObjectNode addRule(ObjectNode group, String direction, String ethertype) {
        var project = Json.text(group, "project_id");
        var rule = Kinds.RULE.forCreation(
                Json.object("security_group_id", Topology.id(group), "direction", direction, "ethertype", ethertype));
        rule.put("id", World.uuid());
        rule.put("tenant_id", project);
        rule.put("project_id", project);
        rule.putNull("description");
        rule.putNull("normalized_cidr");
        rule.put("created_at", world.nowInSeconds());
        rule.put("updated_at", world.nowInSeconds());
        rule.put("revision_number", 0);
        topology.rules.add(Topology.id(rule), rule);
        return rule;
    }

    @Override
    public void create(Caller caller, ObjectNode group) {
        if (Json.text(group, "name").equals("default")) {
            throw new Refusal(409, "SecurityGroupDefaultAlreadyExists", "Default security group already exists.");
        }
        group.put("shared", false);
        addRule(group, "egress", "IPv4");
        addRule(group, "egress", "IPv6");
    }

    @Override
    public void update(Caller caller, ObjectNode group, ObjectNode changes) {
        if (Json.text(group, "name").equals("default") && changes.has("name")) {
            throw new Refusal(
                    400, "SecurityGroupCannotUpdateDefault", "Updating the default security group not allowed.");
        }
        group.setAll(changes);
    }

    @Override
    public void delete(Caller caller, ObjectNode group) {
        var id = Topology.id(group);
        boolean used = topology.ports.all().stream().anyMatch(port -> Json.holds(port.path("security_groups"), id));
        if (used) {
            throw new Refusal(409, "SecurityGroupInUse", "Security Group " + id + " in use.");
        }
        if (Json.text(group, "name").equals("default") && !caller.admin()) {
            throw new Refusal(
                    409,
                    "SecurityGroupCannotRemoveDefault",
                    "Insufficient rights for removing default security group.");
        }
        topology.rules.all().stream()
                .filter(rule -> Json.text(rule, "security_group_id").equals(id)
                        || Json.text(rule, "remote_group_id").equals(id))
                .forEach(rule -> topology.rules.remove(Topology.id(rule)));
    }

    @Override
    public ObjectNode view(ObjectNode group) {
        var view = group.deepCopy();
        return view.set(
                "security_group_rules",
                Topology.with(topology.rules, "security_group_id", Topology.id(group))
                        .map(ObjectNode::deepCopy)
                        .collect(Json.toArray()));
    }
}
