package io.orrery.sparkdeployer.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Observed;
import io.orrery.sparkdeployer.model.Remains;
import io.orrery.sparkdeployer.model.Storage;
import io.orrery.sparkdeployer.reconcile.Cluster;
import io.orrery.sparkdeployer.reconcile.Clusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A cluster without wire and time: definitions serve at once, and a driver runs as soon as there is an application. */
public final class InMemoryCluster implements Cluster, Clusters {

    private static final ObjectMapper JSON = new ObjectMapper();

    public final Map<ObjectKey, GenericKubernetesResource> objects = new TreeMap<>();
    public final List<String> writes = new ArrayList<>();
    private Optional<ClusterException> failure = Optional.empty();
    private int untilKilled = Integer.MAX_VALUE;

    /** What openEO answers; 503 while nobody stands behind its service. */
    public int answers = 200;

    public int collections = 1;
    public boolean operatorWorks = true;

    /** Every call fails from now on. */
    public void fails(ClusterException with) {
        failure = Optional.of(with);
    }

    public void works() {
        failure = Optional.empty();
        untilKilled = Integer.MAX_VALUE;
    }

    /** After so many more writes nothing works any more: the service was killed. */
    public void killedAfter(int count) {
        untilKilled = count;
    }

    @Override
    public Cluster open(PlatformName platform, Uid uid, ClusterStatus.Access access) {
        return this;
    }

    @Override
    public void forget(PlatformName platform) {
        writes.add("forget " + platform);
    }

    @Override
    public Observed observe(Scope scope) throws ClusterException {
        check();
        var ours = new HashMap<ObjectKey, GenericKubernetesResource>();
        var others = new HashMap<ObjectKey, GenericKubernetesResource>();
        objects.forEach((key, object) -> {
            if (isOurs(object)) {
                ours.put(key, object);
            } else if (scope.wanted().contains(key)) {
                others.put(key, object);
            }
        });
        return new Observed(ours, others, driver(scope.jobs()), Optional.empty(), Storage.NONE);
    }

    @Override
    public Optional<GenericKubernetesResource> find(ObjectKey key) throws ClusterException {
        check();
        return Optional.ofNullable(objects.get(key));
    }

    private Optional<Pod> driver(String namespace) {
        return Optional.ofNullable(objects.get(new ObjectKey(Kind.SPARK_APPLICATION, namespace, "openeo")))
                .filter(application -> operatorWorks)
                .map(application -> new PodBuilder()
                        .withNewMetadata()
                        .withName("openeo-driver")
                        .addToAnnotations(Marks.DIGEST, application.get("spec", "driver", "annotations", Marks.DIGEST))
                        .endMetadata()
                        .withNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build());
    }

    @Override
    public Remains remains(Uid uid, String backendId) throws ClusterException {
        check();
        var ours = objects.entrySet().stream()
                .filter(entry -> isOurs(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        var applications = objects.keySet().stream()
                .filter(key -> key.kind() == Kind.SPARK_APPLICATION)
                .collect(Collectors.toSet());
        return new Remains(ours, applications, Set.of(), Set.of());
    }

    private static boolean isOurs(GenericKubernetesResource object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && World.UID.toString().equals(labels.get(Marks.PLATFORM));
    }

    @Override
    public void create(GenericKubernetesResource object) throws ClusterException {
        write("create " + ObjectKey.of(object));
        if (objects.containsKey(ObjectKey.of(object))) {
            throw new ConflictException("there is one", null);
        }
        put(object);
    }

    @Override
    public void update(GenericKubernetesResource object) throws ClusterException {
        write("update " + ObjectKey.of(object));
        put(object);
    }

    private void put(GenericKubernetesResource object) {
        var made = new GenericKubernetesResourceBuilder(object).build();
        if (ObjectKey.of(object).kind() == Kind.CUSTOM_RESOURCE_DEFINITION) {
            made.setAdditionalProperty(
                    "status", Map.of("conditions", List.of(Map.of("type", "Established", "status", "True"))));
        }
        if (ObjectKey.of(object).kind() == Kind.STATEFUL_SET) {
            made.setAdditionalProperty("status", Map.of("readyReplicas", 1));
        }
        if (ObjectKey.of(object).kind() == Kind.SPARK_APPLICATION && operatorWorks) {
            made.setAdditionalProperty("status", Map.of("applicationState", Map.of("state", "RUNNING")));
        }
        objects.put(ObjectKey.of(object), made);
    }

    @Override
    public void delete(ObjectKey key) throws ClusterException {
        write("delete " + key);
        objects.remove(key);
    }

    @Override
    public Answer ask(String namespace, String service, int port, String path) throws ClusterException {
        check();
        var body = JSON.createObjectNode().put("api_version", "1.2.0").put("backend_version", "0.73.0");
        var list = body.putArray("collections");
        for (var i = 0; i < collections; i++) {
            list.addObject();
        }
        return new Answer(answers, answers == 200 ? body : JsonNodeFactory.instance.missingNode());
    }

    @Override
    public List<String> log(String namespace, String pod) {
        return List.of();
    }

    private void write(String what) throws ClusterException {
        check();
        if (untilKilled-- <= 0) {
            throw new UnreachableException("killed", null);
        }
        writes.add(what);
    }

    private void check() throws ClusterException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
