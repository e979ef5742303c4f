package io.orrery.sandbox.controllers.loop;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tells Events in the name of one component. The same event told again raises its count, as client-go's correlator does.
 * An event that cannot be told is logged and dropped: nothing may depend on it.
 */
public final class Events {

    private static final Logger LOG = System.getLogger(Events.class.getName());
    private static final int REMEMBERED = 1_000;

    private record Kind(String uid, String type, String reason, String message) {}

    private final KubernetesClient client;
    private final Clock clock;
    private final String component;
    private final String host;
    private final Map<Kind, Event> told = new LinkedHashMap<>();

    public Events(KubernetesClient client, Clock clock, String component, String host) {
        this.client = client;
        this.clock = clock;
        this.component = component;
        this.host = host;
    }

    public void normal(HasMetadata about, String reason, String message) {
        tell(about, "Normal", reason, message);
    }

    public void warning(HasMetadata about, String reason, String message) {
        tell(about, "Warning", reason, message);
    }

    private synchronized void tell(HasMetadata about, String type, String reason, String message) {
        var kind = new Kind(String.valueOf(about.getMetadata().getUid()), type, reason, message);
        try {
            var before = told.get(kind);
            told.put(kind, before == null ? first(about, kind) : again(about, kind, before));
            if (told.size() > REMEMBERED) {
                told.remove(told.keySet().iterator().next());
            }
        } catch (KubernetesClientException e) {
            LOG.log(Level.DEBUG, () -> "event " + reason + " for " + ObjectKey.of(about) + " was not told: " + e);
        }
    }

    private Event again(HasMetadata about, Kind kind, Event before) {
        try {
            return client.resource(before).unlock().edit(event -> new EventBuilder(event)
                    .withCount(before.getCount() + 1)
                    .withLastTimestamp(now())
                    .build());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return first(about, kind);
            }
            throw e;
        }
    }

    private Event first(HasMetadata about, Kind kind) {
        var namespace = about.getMetadata().getNamespace();
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(about.getMetadata().getName() + "."
                        + Long.toHexString(ThreadLocalRandom.current().nextLong()))
                .withNamespace(namespace == null ? "default" : namespace)
                .endMetadata()
                .withInvolvedObject(reference(about))
                .withType(kind.type())
                .withReason(kind.reason())
                .withMessage(kind.message()
                        .substring(0, Math.min(1024, kind.message().length())))
                .withFirstTimestamp(now())
                .withLastTimestamp(now())
                .withCount(1)
                .withNewSource(component, host)
                .withReportingComponent(component)
                .withReportingInstance(host)
                .build();
        return client.resource(event).create();
    }

    private static ObjectReference reference(HasMetadata about) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .build();
    }

    private String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
