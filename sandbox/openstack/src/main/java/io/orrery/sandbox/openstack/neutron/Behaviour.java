package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.model.Caller;

/** What is special about a kind of resource. All may throw refusals, and then have changed nothing. */
interface Behaviour {
    /** Completes and checks a new resource that has all its attributes, its id and its owner. */
    void create(Caller caller, ObjectNode resource);

    /** Applies changes to a resource. */
    void update(Caller caller, ObjectNode resource, ObjectNode changes);

    /** Lets go of all that belongs to a resource that is about to be deleted. */
    void delete(Caller caller, ObjectNode resource);

    /** The resource as it is shown. */
    default ObjectNode view(ObjectNode resource) {
        return resource.deepCopy();
    }

    /** Whether others than its owner see it. */
    default boolean isShared(ObjectNode resource) {
        return false;
    }
}
