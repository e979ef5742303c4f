package io.orrery.sparkdeployer.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.orrery.contracts.Uid;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Observed;
import io.orrery.sparkdeployer.model.Remains;
import io.orrery.sparkdeployer.model.Storage;
import io.orrery.sparkdeployer.reconcile.Cluster;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A cluster behind its API server: a handful of lists by label for a look, server-side apply for every write. */
final class KubernetesCluster implements Cluster {

    private static final String FIELD_MANAGER = "orrery-spark-deployer";
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final long PATIENCE_SECONDS = 20;
    private static final int LOG_LINES = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;

    KubernetesCluster(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Observed observe(Scope scope) throws ClusterException {
        return Faults.sorted("looking at the cluster", () -> {
            var ours = ours(scope.uid());
            return new Observed(
                    ours,
                    others(scope.wanted(), ours),
                    driver(scope.jobs()),
                    operator(scope.operator()),
                    storage(ours));
        });
    }

    @Override
    public Optional<GenericKubernetesResource> find(ObjectKey key) throws ClusterException {
        return Optional.ofNullable(
                Faults.sorted("looking at " + key, () -> resource(key).get()));
    }

    private Map<ObjectKey, GenericKubernetesResource> ours(Uid uid) {
        var ours = new TreeMap<ObjectKey, GenericKubernetesResource>();
        for (var kind : Kind.values()) {
            listed(kind, Marks.PLATFORM, uid.toString()).forEach(object -> ours.put(ObjectKey.of(object), object));
        }
        return ours;
    }

    /** In a list the objects do not say what kind they are. */
    private List<GenericKubernetesResource> listed(Kind kind, String label, String value) {
        return list(kind, label, value).stream()
                .map(object -> {
                    object.setKind(kind.word());
                    object.setApiVersion(kind.apiVersion());
                    return object;
                })
                .toList();
    }

    private List<GenericKubernetesResource> list(Kind kind, String label, String value) {
        try {
            var all = kind.namespaced() ? operation(kind).inAnyNamespace() : operation(kind);
            return (label.isEmpty() ? all : all.withLabel(label, value)).list().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == Faults.NOT_FOUND && kind == Kind.SPARK_APPLICATION) {
                return List.of(); // its definition is not there (yet, or any more)
            }
            throw e;
        }
    }

    private Map<ObjectKey, GenericKubernetesResource> others(
            Collection<ObjectKey> wanted, Map<ObjectKey, GenericKubernetesResource> ours) {
        var others = new TreeMap<ObjectKey, GenericKubernetesResource>();
        wanted.stream()
                .filter(key -> !ours.containsKey(key))
                .forEach(key -> Optional.ofNullable(resource(key).get()).ifPresent(object -> others.put(key, object)));
        return others;
    }

    /** The newest that is not on its way out; in a roll there may be two. */
    private Optional<Pod> driver(String namespace) {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel(Marks.APP_NAME, Names.OPENEO)
                .withLabel(Marks.SPARK_ROLE, "driver")
                .list()
                .getItems()
                .stream()
                .max(Comparator.<Pod, Boolean>comparing(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .thenComparing(pod ->
                                Objects.requireNonNullElse(pod.getMetadata().getCreationTimestamp(), "")));
    }

    /** As it was decided once: a StatefulSet's templates for claims cannot be changed, nor its data moved. */
    private Storage storage(Map<ObjectKey, GenericKubernetesResource> ours) {
        var decided = ours.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == Kind.STATEFUL_SET)
                .map(entry -> entry.getValue().get("spec", "volumeClaimTemplates") != null)
                .findFirst();
        return decided.orElseGet(this::hasDefaultClass) ? Storage.CLAIMS : Storage.NONE;
    }

    private boolean hasDefaultClass() {
        return client.storage().v1().storageClasses().list().getItems().stream()
                .map(storageClass -> storageClass.getMetadata().getAnnotations())
                .anyMatch(annotations -> annotations != null && "true".equals(annotations.get(DEFAULT_CLASS)));
    }

    private Optional<Observed.Operator> operator(String namespace) {
        return client
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", Names.SPARK_OPERATOR)
                .list()
                .getItems()
                .stream()
                .min(Comparator.comparing(deployment -> deployment.getMetadata().getName()))
                .map(KubernetesCluster::operator);
    }

    private static Observed.Operator operator(Deployment deployment) {
        var ready =
                deployment.getStatus() == null ? null : deployment.getStatus().getReadyReplicas();
        return new Observed.Operator(
                deployment.getMetadata().getLabels().getOrDefault("app.kubernetes.io/version", "unknown"),
                ready != null && ready > 0);
    }

    @Override
    public Remains remains(Uid uid, String backendId) throws ClusterException {
        return Faults.sorted("looking at what is left", () -> new Leftovers(this, uid, backendId).look());
    }

    /** All Spark applications of the cluster. */
    List<GenericKubernetesResource> applications() {
        return listed(Kind.SPARK_APPLICATION, "", "");
    }

    Map<ObjectKey, GenericKubernetesResource> marked(Uid uid) {
        return ours(uid);
    }

    Stream<Pod> sparkPods() {
        return client.pods().inAnyNamespace().withLabel(Marks.SPARK_ROLE).list().getItems().stream();
    }

    @Override
    public void create(GenericKubernetesResource object) throws ClusterException {
        apply(object, false);
    }

    @Override
    public void update(GenericKubernetesResource object) throws ClusterException {
        apply(object, true);
    }

    private void apply(GenericKubernetesResource object, boolean force) throws ClusterException {
        var key = ObjectKey.of(object);
        var context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(force)
                .build();
        var unused = Faults.sorted("applying " + key, () -> resource(key).patch(context, object));
    }

    @Override
    public void delete(ObjectKey key) throws ClusterException {
        var unused = Faults.sorted("deleting " + key, () -> {
            try {
                return resource(key).delete();
            } catch (KubernetesClientException e) {
                if (e.getCode() == Faults.CONFLICT) {
                    return List.of(); // a namespace that is on its way out already
                }
                throw e;
            }
        });
    }

    @Override
    public Answer ask(String namespace, String service, int port, String path) throws ClusterException {
        var url = client.getMasterUrl().toString().replaceAll("/+$", "") + "/api/v1/namespaces/" + namespace
                + "/services/" + service + ":" + port + "/proxy" + path;
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(url)
                .header("Accept", "application/json")
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .build();
        try {
            var response = http.sendAsync(request, String.class).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Answer(response.code(), json(response.bodyString()));
        } catch (ExecutionException | TimeoutException | IOException e) {
            throw new UnreachableException("asking " + service + " through the API server: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("stopped while asking " + service, e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** A log that cannot be had is no trouble of its own: it only explains another. */
    @Override
    public List<String> log(String namespace, String pod) {
        try {
            return client.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .tailingLines(LOG_LINES)
                    .getLog()
                    .lines()
                    .toList();
        } catch (KubernetesClientException e) {
            return List.of();
        }
    }

    private Resource<GenericKubernetesResource> resource(ObjectKey key) {
        var all = operation(key.kind());
        return key.kind().namespaced()
                ? all.inNamespace(key.namespace()).withName(key.name())
                : all.withName(key.name());
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            operation(Kind kind) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withKind(kind.word())
                .withPlural(kind.plural())
                .withNamespaced(kind.namespaced())
                .build());
    }
}
