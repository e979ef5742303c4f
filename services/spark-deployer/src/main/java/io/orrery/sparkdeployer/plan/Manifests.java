package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.orrery.contracts.Uid;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.ObjectKey;
import io.orrery.sparkdeployer.model.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What has to stand in the cluster for an openEO service, in the order in which it is applied: definitions, namespaces,
 * accounts and their rights, configuration, then what runs, and the ingress last.
 *
 * @param url where openEO answers people
 */
public record Manifests(List<GenericKubernetesResource> objects, URI url) {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final List<String> DEFINITIONS =
            List.of("/crds/sparkapplications.yaml", "/crds/scheduledsparkapplications.yaml");

    public Manifests {
        objects = List.copyOf(objects);
    }

    /**
     * All that follows from what is desired.
     *
     * @param storage whether what ought to outlive its pod can
     */
    public static Manifests of(Desired desired, Storage storage) {
        var fingerprint = new Fingerprint(desired.registry().client());
        var configuration = Configuration.of(desired);
        var bare = WebApplication.of(desired);
        var checksum = fingerprint.of(List.of(bare, configuration));
        var labels = labels(desired.uid());
        var objects = new ArrayList<HasMetadata>(definitions());
        objects.addAll(Grounds.of(desired));
        objects.addAll(configuration);
        objects.add(ZooKeeper.service(desired));
        objects.add(Entrance.service(desired));
        objects.add(ZooKeeper.statefulSet(desired, storage, labels));
        objects.add(WebApplication.withChecksum(bare, checksum));
        objects.add(Entrance.ingress(desired));
        return new Manifests(
                objects.stream()
                        .map(object -> marked(generic(object), labels, fingerprint))
                        .distinct()
                        .sorted(Comparator.comparing(
                                object -> ObjectKey.of(object).kind()))
                        .toList(),
                Entrance.url(desired));
    }

    /** The labels that make an object ours. */
    public static Map<String, String> labels(Uid uid) {
        return new TreeMap<>(Map.of(Marks.MANAGED_BY, Marks.MANAGER, Marks.PLATFORM, uid.toString()));
    }

    /** Which objects there will be, whatever the cluster's storage. */
    public static List<ObjectKey> keys(Desired desired) {
        return of(desired, Storage.NONE).keys();
    }

    public List<ObjectKey> keys() {
        return objects.stream().map(ObjectKey::of).toList();
    }

    /** The checksum that openEO's driver has to bear to have been started from these manifests. */
    public String checksum() {
        return objects.stream()
                .filter(object -> ObjectKey.of(object).kind() == Kind.SPARK_APPLICATION)
                .findFirst()
                .map(WebApplication::checksum)
                .orElseThrow();
    }

    private static Stream<GenericKubernetesResource> read(String file) {
        try (var yaml = Manifests.class.getResourceAsStream(file)) {
            return Stream.of(SERIALIZATION.unmarshal(yaml, GenericKubernetesResource.class));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is part of this program", e);
        }
    }

    private static List<GenericKubernetesResource> definitions() {
        return DEFINITIONS.stream().flatMap(Manifests::read).toList();
    }

    private static GenericKubernetesResource generic(HasMetadata object) {
        return SERIALIZATION.convertValue(object, GenericKubernetesResource.class);
    }

    private static GenericKubernetesResource marked(
            GenericKubernetesResource object, Map<String, String> labels, Fingerprint fingerprint) {
        return new GenericKubernetesResourceBuilder(object)
                .editMetadata()
                .addToLabels(labels)
                .addToAnnotations(Marks.DIGEST, fingerprint.of(object))
                .endMetadata()
                .build();
    }
}
