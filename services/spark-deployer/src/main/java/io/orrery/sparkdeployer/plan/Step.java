package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.orrery.sparkdeployer.model.ObjectKey;

/** One thing to do in the cluster, or to wait for. Each may be done twice. */
public sealed interface Step {

    /** Makes what is not there. What stands under its name after all is not overwritten. */
    record Create(GenericKubernetesResource object) implements Step {}

    /** Puts our fields of an object of ours right: because the wish has changed, or because somebody else changed it. */
    record Update(GenericKubernetesResource object, boolean drifted) implements Step {}

    record Delete(ObjectKey key) implements Step {}

    /** Nothing after this is done before it has come about. */
    record Await(String what) implements Step {}

    /** An object that is somebody else's stands where ours should: a person has to decide. */
    record Refuse(ObjectKey key) implements Step {}
}
