package io.orrery.sandbox.controllers.services;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.orrery.sandbox.controllers.loop.Cluster;
import io.orrery.sandbox.controllers.loop.Events;
import io.orrery.sandbox.controllers.loop.Loop;
import io.orrery.sandbox.controllers.loop.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Binds claims to volumes made for them, whatever provisioner their StorageClass names, and removes such volumes after
 * their claims if their policy is Delete. Volumes made by hand are bound when a claim names them.
 */
public final class VolumeClaims {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    private final Cluster cluster;
    private final Events events;

    public VolumeClaims(Cluster cluster) {
        this.cluster = cluster;
        this.events = cluster.events("persistentvolume-controller");
        Loop claims = cluster.loop("volume-claims", 2, this::bind);
        cluster.wake(PersistentVolumeClaim.class, claims);
        cluster.wake(StorageClass.class, claims, c -> cluster.cached(PersistentVolumeClaim.class).stream()
                .map(ObjectKey::of));
        cluster.wake(Pod.class, claims, VolumeClaims::claimsOf);
        Loop volumes = cluster.loop("volumes", 2, this::release);
        cluster.wake(PersistentVolume.class, volumes);
        cluster.wake(
                PersistentVolumeClaim.class,
                volumes,
                claim ->
                        Optional.ofNullable(claim.getSpec().getVolumeName())
                                .map(name -> new ObjectKey("", name))
                                .stream());
    }

    private static Stream<ObjectKey> claimsOf(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> new ObjectKey(
                        pod.getMetadata().getNamespace(),
                        volume.getPersistentVolumeClaim().getClaimName()));
    }

    private Optional<Duration> bind(ObjectKey key) {
        var claim = cluster.find(PersistentVolumeClaim.class, key)
                .filter(c -> c.getMetadata().getDeletionTimestamp() == null)
                .filter(c ->
                        c.getStatus() == null || !"Bound".equals(c.getStatus().getPhase()));
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        if (claim.get().getSpec().getVolumeName() != null
                && !claim.get().getSpec().getVolumeName().isEmpty()) {
            return bindTo(claim.get(), claim.get().getSpec().getVolumeName());
        }
        var storage = storageClass(claim.get());
        if (storage.isEmpty()) {
            events.normal(
                    claim.get(),
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
            return Optional.empty();
        }
        if (waitsForConsumer(storage.get()) && !isConsumed(key)) {
            events.normal(
                    claim.get(), "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
            return Optional.empty();
        }
        var volume = volume(claim.get(), storage.get());
        cluster.create(volume);
        events.normal(
                claim.get(),
                "ProvisioningSucceeded",
                "Successfully provisioned volume " + volume.getMetadata().getName());
        return bindTo(claim.get(), volume.getMetadata().getName());
    }

    private Optional<StorageClass> storageClass(PersistentVolumeClaim claim) {
        var name = claim.getSpec().getStorageClassName();
        if (name != null) {
            return name.isEmpty() ? Optional.empty() : cluster.find(StorageClass.class, new ObjectKey("", name));
        }
        return cluster.client().storage().v1().storageClasses().list().getItems().stream()
                .filter(c -> "true".equals(c.getMetadata().getAnnotations().get(DEFAULT_CLASS)))
                .findFirst();
    }

    private static boolean waitsForConsumer(StorageClass storage) {
        return "WaitForFirstConsumer".equals(storage.getVolumeBindingMode());
    }

    private boolean isConsumed(ObjectKey claim) {
        return cluster.cached(Pod.class).stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .flatMap(VolumeClaims::claimsOf)
                .anyMatch(claim::equals);
    }

    private PersistentVolume volume(PersistentVolumeClaim claim, StorageClass storage) {
        var requests = claim.getSpec().getResources() == null
                ? null
                : claim.getSpec().getResources().getRequests();
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName("pvc-" + claim.getMetadata().getUid())
                .withAnnotations(Map.of(PROVISIONED_BY, storage.getProvisioner()))
                .endMetadata()
                .withNewSpec()
                .withCapacity(requests)
                .withAccessModes(claim.getSpec().getAccessModes())
                .withPersistentVolumeReclaimPolicy(
                        Optional.ofNullable(storage.getReclaimPolicy()).orElse("Delete"))
                .withStorageClassName(storage.getMetadata().getName())
                .withNewCsi()
                .withDriver(storage.getProvisioner())
                .withVolumeHandle(UUID.randomUUID().toString())
                .endCsi()
                .withNewClaimRef()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .endClaimRef()
                .endSpec()
                .build();
    }

    private Optional<Duration> bindTo(PersistentVolumeClaim claim, String name) {
        var found = cluster.find(PersistentVolume.class, new ObjectKey("", name));
        if (found.isEmpty()) {
            return Optional.of(Duration.ofSeconds(1));
        }
        var volume = found.get();
        var reference = volume.getSpec().getClaimRef();
        if (reference != null
                && reference.getUid() != null
                && !reference.getUid().equals(claim.getMetadata().getUid())) {
            events.warning(claim, "FailedBinding", "volume \"" + name + "\" already bound to a different claim.");
            return Optional.empty();
        }
        var bound = cluster.client()
                .resource(new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .addToAnnotations("pv.kubernetes.io/bind-completed", "yes")
                        .endMetadata()
                        .editSpec()
                        .withVolumeName(name)
                        .withStorageClassName(volume.getSpec().getStorageClassName())
                        .endSpec()
                        .build())
                .update();
        tellBound(volume);
        cluster.client()
                .resource(new PersistentVolumeClaimBuilder(bound)
                        .editOrNewStatus()
                        .withPhase("Bound")
                        .withAccessModes(volume.getSpec().getAccessModes())
                        .withCapacity(volume.getSpec().getCapacity())
                        .endStatus()
                        .build())
                .updateStatus();
        return Optional.empty();
    }

    private void tellBound(PersistentVolume volume) {
        cluster.client()
                .resource(new PersistentVolumeBuilder(volume)
                        .withNewStatus()
                        .withPhase("Bound")
                        .endStatus()
                        .build())
                .updateStatus();
    }

    private Optional<Duration> release(ObjectKey key) {
        var found = cluster.find(PersistentVolume.class, key);
        if (found.isEmpty() || found.get().getSpec().getClaimRef() == null) {
            return Optional.empty();
        }
        var volume = found.get();
        var reference = volume.getSpec().getClaimRef();
        var claim =
                cluster.find(PersistentVolumeClaim.class, new ObjectKey(reference.getNamespace(), reference.getName()));
        var sameClaim = claim.filter(c -> reference.getUid() == null
                || reference.getUid().equals(c.getMetadata().getUid()));
        if (sameClaim.isPresent() || volume.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        if ("Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy())
                && volume.getMetadata().getAnnotations().containsKey(PROVISIONED_BY)) {
            cluster.delete(volume);
        } else if (volume.getStatus() == null
                || !"Released".equals(volume.getStatus().getPhase())) {
            cluster.client()
                    .resource(new PersistentVolumeBuilder(volume)
                            .withNewStatus()
                            .withPhase("Released")
                            .endStatus()
                            .build())
                    .updateStatus();
        }
        return Optional.empty();
    }
}
