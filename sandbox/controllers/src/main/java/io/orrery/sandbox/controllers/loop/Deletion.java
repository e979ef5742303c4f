package io.orrery.sandbox.controllers.loop;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Deletes an object by what it is, not by its name only. Gone already, or another of that name by now, is as good. */
final class Deletion {

    private final KubernetesClient client;

    Deletion(KubernetesClient client) {
        this.client = client;
    }

    void delete(HasMetadata object) {
        ifStillThere(object, () -> client.resource(object)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
    }

    void deleteNow(HasMetadata object) {
        ifStillThere(object, () -> client.resource(object)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .withGracePeriod(0)
                .delete());
    }

    /** fabric8's delete cannot carry a uid as precondition, so that a look before must do. */
    private void ifStillThere(HasMetadata object, Runnable delete) {
        try {
            var now = client.resource(object).get();
            if (now != null
                    && object.getMetadata().getUid().equals(now.getMetadata().getUid())) {
                delete.run();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }
}
