package io.orrery.provisioner.plan;

import io.orrery.contracts.Resource;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.plan.Scene.Restraint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The EC2 credential of a platform whose document names no S3 keys. As it has no name of its own, its line in the ledger
 * says beside which others it was made: what is there and not among them is ours.
 */
public final class SigningKeys {

    private static final String BESIDE = "beside";
    private static final int TELLING = 8;

    private SigningKeys() {}

    /** What brings it nearer, if anything. */
    public static Optional<Step> step(Ledger ledger, Observed observed, Restraint restraint) {
        return Credentials.step(
                Keys.EC2_CREDENTIAL,
                Kind.EC2_CREDENTIAL,
                ledger,
                observed,
                restraint,
                () -> new Step.Create(
                        Keys.EC2_CREDENTIAL,
                        Kind.EC2_CREDENTIAL,
                        ledger.living(Keys.EC2_CREDENTIAL).map(Resource::name).orElseGet(() -> name(observed)),
                        new Blueprint.Ec2Credential()));
    }

    static Optional<Thing.Ec2Credential> recognise(Resource line, Ledger ledger, Observed observed) {
        var others = List.of(line.name().split(" ", -1));
        return observed.all(Thing.Ec2Credential.class)
                .filter(credential -> !others.contains(telling(credential)))
                .filter(credential -> ledger.byId(credential.id()).isEmpty())
                .findFirst();
    }

    private static String name(Observed observed) {
        return observed.all(Thing.Ec2Credential.class)
                .map(SigningKeys::telling)
                .sorted()
                .collect(Collectors.joining(" ", BESIDE + " ", ""))
                .strip();
    }

    /** Enough of it to tell it from others; the whole is half of a secret. */
    private static String telling(Thing.Ec2Credential credential) {
        return credential.id().substring(0, Math.min(TELLING, credential.id().length()));
    }
}
