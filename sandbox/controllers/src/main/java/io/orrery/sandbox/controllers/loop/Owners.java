package io.orrery.sandbox.controllers.loop;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;

/** Who made an object: its controlling owner reference. */
public final class Owners {

    private Owners() {}

    public static OwnerReference reference(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    public static Optional<ObjectKey> controller(HasMetadata object, String ownerKind) {
        return controller(object)
                .filter(owner -> ownerKind.equals(owner.getKind()))
                .map(owner -> new ObjectKey(object.getMetadata().getNamespace(), owner.getName()));
    }

    public static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    /** Whether the object was made by exactly this owner, and not by one of the same name before it. */
    public static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
        return controller(object)
                .filter(reference ->
                        reference.getUid().equals(owner.getMetadata().getUid()))
                .isPresent();
    }
}
