package io.orrery.monitoring.plan;

import io.orrery.contracts.ObservabilityStatus.Component;
import io.orrery.contracts.platform.Monitoring;
import io.orrery.contracts.platform.Platform;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what of the wished-for monitoring is there, and what this version does not install yet. */
public final class Wishes {

    private Wishes() {}

    public static String sentence(Platform document, List<Component> components) {
        var healthy = components.stream().map(Component::name).collect(Collectors.joining(", "));
        var missing = notInstalled(document.spec().monitoring()).collect(Collectors.joining(", "));
        return (healthy.isEmpty() ? "nothing is to be installed" : healthy + " is healthy")
                + (missing.isEmpty() ? "" : "; wished for, and not installed by this version: " + missing);
    }

    private static Stream<String> notInstalled(Monitoring monitoring) {
        return Stream.of(
                        named("prometheus", monitoring.prometheus()),
                        named("grafana", monitoring.grafana()),
                        named("alertmanager", monitoring.alertmanager()),
                        named("traefik", monitoring.traefik()),
                        named("opencost", monitoring.cost() == Monitoring.Cost.OPENCOST),
                        named("kubecost", monitoring.cost() == Monitoring.Cost.KUBECOST),
                        named("filebeat", monitoring.logs() == Monitoring.Logs.FILEBEAT),
                        named("pushprox", monitoring.pushprox()))
                .flatMap(name -> name);
    }

    private static Stream<String> named(String name, boolean wished) {
        return wished ? Stream.of(name) : Stream.empty();
    }
}
