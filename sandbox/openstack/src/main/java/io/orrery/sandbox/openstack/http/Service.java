package io.orrery.sandbox.openstack.http;

/** One of OpenStack's services, behind its own path prefix. */
public interface Service {
    /** As in the catalogue: {@code compute}. */
    String type();

    /** Where it is found: {@code /compute}. */
    String prefix();

    Routes routes();

    /** Whether this is a part of OpenStack: its paths need tokens, and calls on them are logged. */
    default boolean genuine() {
        return true;
    }

    /** A refusal in this service's own words. */
    Answer refused(Refusal refusal, String requestId);

    /** A path that does not exist, or not with this verb. */
    default Answer unknown(Request request, boolean pathKnown) {
        return pathKnown
                ? Answer.webob(
                        405,
                        "Method Not Allowed",
                        "The method " + request.verb() + " is not allowed for this resource.")
                : Answer.webob(404, "Not Found", "The resource could not be found.");
    }

    /** Comes before each handler: refuses, say, a request for a version that this service has not. */
    default void check(Request request) {}

    /** What this service adds to every answer: request ids and versions. */
    default Answer seal(Request request, Answer answer) {
        return answer.with("X-Openstack-Request-Id", request.id());
    }
}
