package io.orrery.sandbox;

import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** What Cinder CSI would bring into a cluster: a default storage class, which the emulated controllers make volumes of. */
final class StorageClasses {
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

    private StorageClasses() {}

    static void create(KubernetesClient client) {
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("csi-cinder-sc-delete")
                        .withAnnotations(Map.of(DEFAULT, "true"))
                        .endMetadata()
                        .withProvisioner("cinder.csi.openstack.org")
                        .withReclaimPolicy("Delete")
                        .withVolumeBindingMode("Immediate")
                        .build())
                .create();
    }
}
