package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.plan.Scene.Restraint;
import java.util.Optional;
import java.util.function.Supplier;

/** What brings a credential in Keystone nearer. */
public final class Credentials {

    private Credentials() {}

    /** @param create how it is made, asked for only if it is to be made now */
    public static Optional<Step> step(
            String key, Kind kind, Ledger ledger, Observed observed, Restraint restraint, Supplier<Step> create) {
        var id = ledger.living(key).flatMap(Resource::id);
        if (id.isEmpty()) {
            return restraint.doubtful().contains(key) ? Optional.empty() : Optional.of(create.get());
        }
        return observed.find(id.get()).isPresent() || restraint.asked().contains(id.get())
                ? Optional.empty()
                : Optional.of(new Step.AskFor(key, kind, id.get()));
    }
}
