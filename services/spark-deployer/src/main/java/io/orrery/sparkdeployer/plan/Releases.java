package io.orrery.sparkdeployer.plan;

import io.orrery.contracts.WorkloadStatus.Release;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Observed;
import java.util.List;

/** What is told of the things that are installed. */
public final class Releases {

    private static final String UNKNOWN = "unknown";

    private Releases() {}

    /** Before anything was looked at. That there are releases at all says that something may have been applied. */
    public static List<Release> intended(Desired desired) {
        return List.of(
                new Release(Names.SPARK_OPERATOR, desired.operator(), UNKNOWN, false),
                new Release(Names.ZOOKEEPER, desired.jobs(), ZooKeeper.VERSION, false),
                new Release(
                        Names.OPENEO, desired.jobs(), version(desired.openeo().image()), false));
    }

    /** The operator shows itself by its Deployment, or else by what it does: it gives the application a status. */
    public static List<Release> of(Desired desired, Observed observed, boolean answered) {
        var application = observed.find(new ObjectKey(Kind.SPARK_APPLICATION, desired.jobs(), Names.OPENEO));
        var takenUp = application
                .map(object -> object.<String>get("status", "applicationState", "state"))
                .filter(state -> !state.isEmpty())
                .isPresent();
        var zookeeper = observed.find(new ObjectKey(Kind.STATEFUL_SET, desired.jobs(), Names.ZOOKEEPER))
                .filter(Conditions::isReady)
                .isPresent();
        return List.of(
                new Release(
                        Names.SPARK_OPERATOR,
                        desired.operator(),
                        observed.operator().map(Observed.Operator::version).orElse(UNKNOWN),
                        observed.operator().map(Observed.Operator::ready).orElse(takenUp)),
                new Release(Names.ZOOKEEPER, desired.jobs(), ZooKeeper.VERSION, zookeeper),
                new Release(
                        Names.OPENEO, desired.jobs(), version(desired.openeo().image()), answered));
    }

    /** The tag or digest of an image; a colon before the last slash belongs to a registry's port. */
    private static String version(String image) {
        var name = image.substring(image.lastIndexOf('/') + 1);
        var at = Math.max(name.indexOf('@'), name.indexOf('@') < 0 ? name.indexOf(':') : -1);
        return at < 0 ? "latest" : name.substring(at + 1);
    }
}
