package io.orrery.provisioner.plan;

import io.orrery.contracts.ClusterStatus.Bootstrap;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Sealed;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Slot.Role;
import io.orrery.contracts.Slot.State;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.Kubernetes.Cni;
import io.orrery.provisioner.model.Desired;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.plan.Scene.Restraint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** States to plan from; what a test is about is set in it. */
final class Scenes {

    static final Uid UID = Uid.of("11111111-2222-3333-4444-555555555555");
    static final Observed NOTHING = Observed.of(Instant.EPOCH, List.of());

    /** Of all pools here. */
    static final Slot.Design DESIGN = new Slot.Design(
            "flavor-id",
            "image-id",
            Optional.empty(),
            List.of(),
            Optional.of("soft-anti-affinity"),
            Optional.empty(),
            false,
            Optional.empty());

    private Scenes() {}

    static Desired desired(int servers, int agents) {
        return new Desired(
                PlatformName.of("demo"),
                UID,
                new Desired.Net(
                        "10.20.0.0/24",
                        List.of(),
                        "external-id",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                access(Cni.CANAL),
                List.of(pool("control", Role.SERVER, servers), pool("workers", Role.AGENT, agents)),
                Optional.empty());
    }

    static Desired.Access access(Cni cni) {
        return new Desired.Access(cni, List.of("0.0.0.0/0"), List.of("0.0.0.0/0"), List.of());
    }

    static Desired.Pool pool(String name, Role role, int count) {
        return new Desired.Pool(
                name,
                role,
                count,
                "flavor-id",
                "image-id",
                Optional.of("soft-anti-affinity"),
                Optional.empty(),
                List.of(),
                false,
                Optional.empty());
    }

    static Slot slot(String name, Role role, State state) {
        return new Slot(
                name,
                role == Role.SERVER ? "control" : "workers",
                role,
                state,
                false,
                1,
                state == State.PLANNED ? Optional.empty() : Optional.of("id-of-" + name),
                Optional.empty(),
                Optional.empty(),
                Optional.of(DESIGN));
    }

    static Bootstrap bootstrap(int incarnation, String init) {
        return new Bootstrap(
                incarnation,
                Optional.of(init),
                Optional.of(secret("init")),
                secret("server"),
                secret("agent"),
                secret("keys"));
    }

    static Sealed secret(String digest) {
        return new Sealed(Sealed.Purpose.BOOTSTRAP, digest, "");
    }

    /** Kubernetes has been ready, and has released these. */
    static ClusterView stood(String... released) {
        return new ClusterView(Optional.of(bootstrap(1, "control-a")), true, Set.of(released), Set.of(), Map.of());
    }

    static Scene scene(Desired desired, List<Slot> slots, Ledger ledger, Observed observed) {
        return new Scene(desired, ledger, slots, observed, Optional.empty(), Restraint.NONE);
    }
}
