package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.contracts.Resource.State;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Thing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A plan being drawn up. */
final class Draft {

    private final Scene scene;
    private final Set<Step> steps = new LinkedHashSet<>();

    Draft(Scene scene) {
        this.scene = scene;
    }

    void add(Step step) {
        steps.add(step);
    }

    List<Step> steps() {
        return new ArrayList<>(steps);
    }

    /**
     * The id of what stands under the key. Empty if it does not stand, or is not listed though it ought to be: then what
     * hangs on it waits. Adds the step that brings it nearer: create it, ask for it by id, name it right.
     */
    Optional<String> need(Kind kind, String key, Supplier<Blueprint> blueprint) {
        var line = scene.ledger().living(key);
        var id = line.flatMap(Resource::id);
        if (id.isEmpty()) {
            create(kind, key, blueprint);
            return Optional.empty();
        }
        var seen = id.flatMap(scene.observed()::find);
        if (seen.isEmpty()) {
            askFor(kind, key, id.get());
            return Optional.empty();
        }
        if (line.get().state() != State.PRESENT) {
            return Optional.empty();
        }
        name(line.get(), seen.get());
        return id;
    }

    /** The port under the key, its settings brought back to the blueprint's. */
    Optional<Thing.Port> port(String key, Blueprint.Port blueprint) {
        return need(Kind.PORT, key, () -> blueprint)
                .flatMap(id -> scene.observed().find(Thing.Port.class, id))
                .map(port -> {
                    var moved = blueprint.isElsewhere(port);
                    if (moved || differs(port, blueprint)) {
                        add(new Step.AmendPort(
                                key, port.id(), moved ? blueprint : blueprint.anywhere(), !port.guarded()));
                    }
                    return port;
                });
    }

    private static boolean differs(Thing.Port port, Blueprint.Port blueprint) {
        return port.up() != blueprint.up()
                || !port.guarded()
                || !port.groups().equals(blueprint.groups())
                || !port.pairs().equals(blueprint.pairs());
    }

    /** The id of the security group under the key, with its description. */
    Optional<String> securityGroup(String key, String about) {
        var id = need(Kind.SECURITY_GROUP, key, () -> new Blueprint.SecurityGroup(about));
        id.flatMap(it -> scene.observed().find(Thing.SecurityGroup.class, it))
                .filter(group -> !group.about().equals(about))
                .ifPresent(group -> add(new Step.Describe(key, Kind.SECURITY_GROUP, group.id(), about)));
        return id;
    }

    /** The server under the key, which stands already, with its marks. */
    Optional<String> server(String key, Map<String, String> marks) {
        return need(Kind.SERVER, key, () -> {
                    throw new IllegalStateException(key + " stands");
                })
                .map(id -> {
                    scene.observed()
                            .find(Thing.Server.class, id)
                            .filter(server -> !server.metadata().entrySet().containsAll(marks.entrySet()))
                            .ifPresent(server -> add(new Step.Mark(key, id, marks)));
                    return id;
                });
    }

    private void create(Kind kind, String key, Supplier<Blueprint> blueprint) {
        create(kind, key, scene.desired().name(key), blueprint.get());
    }

    /** Not while one may be on its way, and not beside somebody's that has the name that was to be ours. */
    void create(Kind kind, String key, String name, Blueprint blueprint) {
        if (scene.restraint().doubtful().contains(key)) {
            return;
        }
        var others = scene.ledger().living(key).isPresent()
                ? Optional.<Thing>empty()
                : scene.observed().named(kind, name).stream()
                        .filter(thing -> scene.ledger().byId(thing.id()).isEmpty())
                        .findFirst();
        add(others.<Step>map(thing -> new Step.LeaveAlone(key, kind, thing.id(), name))
                .orElseGet(() -> new Step.Create(key, kind, name, blueprint)));
    }

    private void askFor(Kind kind, String key, String id) {
        if (!scene.restraint().asked().contains(id)) {
            add(new Step.AskFor(key, kind, id));
        }
    }

    private void name(Resource line, Thing seen) {
        if (!seen.name().equals(line.name()) && seen.kind() != Kind.ROUTER_INTERFACE) {
            add(new Step.Rename(line.key(), seen.kind(), seen.id(), line.name()));
        }
    }
}
