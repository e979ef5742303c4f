package io.orrery.provisioner.reconcile;

import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Step;
import java.util.Optional;

/** How a step ended. */
sealed interface Done {

    Step step();

    /** @param thing as it stands now, where the cloud says so */
    record Well(Step step, Optional<Thing> thing) implements Done {}

    /** Asked for by id. */
    record Asked(Step step, boolean exists) implements Done {}

    record Failed(Step step, CloudException why) implements Done {}
}
