package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.openstack.OSFactory;

/**
 * A project of a cloud, signed in to. Calls go through openstack4j where it has words for them, and as plain JSON where it
 * has not: both end in {@link #authorized}.
 */
final class Connection {

    /** What {@link Transport} works with while openstack4j is called on this thread; openstack4j's client is bound to it too. */
    private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();

    private static final int PAGE = 500;

    private final Wire wire;
    private final Tokens tokens;
    private final Endpoints endpoints;

    Connection(Wire wire, Tokens tokens, Endpoints endpoints) {
        this.wire = wire;
        this.tokens = tokens;
        this.endpoints = endpoints;
    }

    static Connection current() {
        return Optional.ofNullable(CURRENT.get())
                .orElseThrow(() -> new IllegalStateException("openstack4j is called outside of a connection"));
    }

    /** Calls openstack4j. */
    <T> T call(Function<OSClientV3, T> what) {
        CURRENT.set(this);
        try {
            var config = Config.newConfig().withEndpointURLResolver(endpoints);
            return what.apply(OSFactory.clientFromToken(tokens.current(), config));
        } finally {
            CURRENT.remove();
        }
    }

    /** Sends plain JSON; an answer without a body is a missing node. */
    JsonNode json(String verb, String service, String path, Map<String, String> headers, Optional<JsonNode> body) {
        var uri = URI.create(url(service) + path);
        var call = new Call(service, verb, uri, headers, body.map(JsonNode::toString));
        var reply = authorized(call);
        return reply.text().isEmpty() ? MissingNode.getInstance() : Refusals.json(call, reply);
    }

    /** All elements of a list, page by page, read as openstack4j's models. */
    <T> List<T> list(String service, String path, String member, Map<String, String> headers, Class<T> type) {
        var all = new ArrayList<T>();
        var next = Optional.of(path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE);
        while (next.isPresent()) {
            var page = json("GET", service, next.get(), headers, Optional.empty());
            var elements = page.path(member);
            if (!elements.isArray()) {
                throw new CloudException(Sort.UNSURE, service + " answered to GET " + path + " without " + member);
            }
            elements.forEach(element -> all.add(read(element, type)));
            next = isLast(page, member) || elements.isEmpty()
                    ? Optional.empty()
                    : Optional.of(path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE + "&marker="
                            + elements.get(elements.size() - 1).path("id").asText());
        }
        return all;
    }

    /** Glance has "next", the others "…_links" with rel=next. */
    private static boolean isLast(JsonNode page, String member) {
        return !page.has("next")
                && page.path(member + "_links").findValuesAsText("rel").stream().noneMatch("next"::equals);
    }

    static <T> T read(JsonNode element, Class<T> type) {
        try {
            return ObjectMapperSingleton.getContext(Object.class).treeToValue(element, type);
        } catch (IOException e) {
            throw new CloudException(
                    Sort.UNSURE, "not a " + type.getSimpleName() + ": " + e.getMessage(), null, null, e);
        }
    }

    /** With the token; if it is not accepted, once more with a new one. */
    Reply authorized(Call call) {
        var token = tokens.current().getId();
        var reply = wire.send(call.with("X-Auth-Token", token));
        if (reply.status() == 401) {
            var refused = reply;
            var other = tokens.otherThan(token).orElseThrow(() -> Refusals.ofToken(call, refused));
            reply = wire.send(call.with("X-Auth-Token", other.getId()));
            if (reply.status() == 401) {
                throw Refusals.ofToken(call, reply);
            }
        }
        if (reply.status() >= 300) {
            throw Refusals.of(call, reply);
        }
        return reply;
    }

    /** Which service a URL of the catalog belongs to. */
    String serviceOf(String url) {
        return List.of("compute", "network", "image", "volume", "identity").stream()
                .filter(service -> endpoints
                        .find(tokens.current(), service)
                        .filter(url::startsWith)
                        .isPresent())
                .findFirst()
                .orElse("other");
    }

    /** Keystone's path of the one who is signed in. */
    String user() {
        return "/users/" + tokens.current().getUser().getId();
    }

    /** Names of the roles in the project. */
    List<String> roles() {
        return tokens.current().getRoles().stream()
                .<String>map(role -> role.getName())
                .toList();
    }

    /** @throws CloudException if the credential is good for a domain or the whole system, where no machine can be */
    String projectId() {
        return Optional.ofNullable(tokens.current().getProject())
                .orElseThrow(() -> new CloudException(
                        Sort.REFUSED,
                        "ProjectMissing",
                        "the credential is for no project: say project_name or project_id in clouds.yaml"))
                .getId();
    }

    Optional<String> find(String service) {
        return endpoints.find(tokens.current(), service);
    }

    String url(String service) {
        return endpoints.url(tokens.current(), service);
    }
}
