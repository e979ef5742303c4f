package io.orrery.sandbox.openstack.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Page;
import io.orrery.sandbox.openstack.http.Query;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The calls that all kinds of Neutron's resources have in common. */
final class Collection {
    private final Kind kind;
    private final Shelf<ObjectNode> shelf;
    private final Behaviour behaviour;
    private final Limits limits;
    private final World world;

    Collection(Kind kind, Shelf<ObjectNode> shelf, Behaviour behaviour, Limits limits, World world) {
        this.kind = kind;
        this.shelf = shelf;
        this.behaviour = behaviour;
        this.limits = limits;
        this.world = world;
    }

    void routes(Routes routes) {
        var path = "/v2.0/" + kind.path();
        routes.on("GET", path, this::list)
                .on("POST", path, this::create)
                .on("GET", path + "/{id}", this::show)
                .on("PUT", path + "/{id}", this::update)
                .on("DELETE", path + "/{id}", this::delete)
                .on("GET", path + "/{id}/tags", request -> tags(find(request)))
                .on("PUT", path + "/{id}/tags", this::replaceTags)
                .on("DELETE", path + "/{id}/tags", this::clearTags)
                .on("GET", path + "/{id}/tags/{tag}", this::tag)
                .on("PUT", path + "/{id}/tags/{tag}", this::addTag)
                .on("DELETE", path + "/{id}/tags/{tag}", this::removeTag);
    }

    ObjectNode find(Caller caller, String id) {
        return shelf.find(id).filter(resource -> visible(caller, resource)).orElseThrow(() -> kind.notFound(id));
    }

    private ObjectNode find(Request request) {
        return find(request.caller(), request.variable("id"));
    }

    private boolean visible(Caller caller, ObjectNode resource) {
        return caller.owns(Json.text(resource, "project_id")) || behaviour.isShared(resource);
    }

    private Answer list(Request request) {
        var filter = new Filter(request.query());
        var admitted = shelf.all().stream()
                .filter(resource -> visible(request.caller(), resource))
                .map(behaviour::view)
                .filter(filter::admits)
                .toList();
        boolean paged = Stream.of("limit", "marker", "sort_key")
                .anyMatch(name -> request.query().first(name).isPresent());
        var page = Page.of(
                paged ? filter.sorted(admitted) : admitted,
                request.query(),
                Integer.MAX_VALUE,
                resource -> Json.text(resource, "id"),
                kind::notFound);
        var items = page.items().stream().map(filter::reduced).collect(Json.toArray());
        var answer = Json.object(kind.plural(), items);
        var links = new ArrayList<ObjectNode>();
        page.next().ifPresent(query -> links.add(link(request, "next", query)));
        page.previous().ifPresent(query -> links.add(link(request, "previous", query)));
        if (!links.isEmpty()) {
            answer.set(kind.plural() + "_links", Json.array(links));
        }
        return Answer.ok(answer);
    }

    private static ObjectNode link(Request request, String rel, String query) {
        return Json.object("rel", rel, "href", request.base() + request.path() + "?" + query);
    }

    private Answer show(Request request) {
        var view = behaviour.view(find(request));
        return Answer.ok(Json.object(kind.singular(), new Filter(fieldsOf(request.query())).reduced(view)));
    }

    private static Query fieldsOf(Query query) {
        return new Query(query.pairs().stream()
                .filter(pair -> pair.getKey().equals("fields"))
                .toList());
    }

    private Answer create(Request request) {
        var body = request.json();
        if (body.has(kind.plural())) {
            return createAll(request.caller(), Json.elements(body.get(kind.plural())));
        }
        if (!body.has(kind.singular())) {
            throw Kind.bad("Unable to find '" + kind.singular() + "' in request body");
        }
        var made = create(request.caller(), body.get(kind.singular()));
        return Answer.of(201, Json.object(kind.singular(), behaviour.view(made)));
    }

    /** All or none: those before the one that is refused are taken back. */
    private Answer createAll(Caller caller, List<JsonNode> wishes) {
        var made = new ArrayList<ObjectNode>();
        try {
            wishes.forEach(wish -> made.add(create(caller, wish)));
        } catch (Refusal refusal) {
            made.reversed().forEach(resource -> remove(caller, resource));
            throw refusal;
        }
        return Answer.of(
                201,
                Json.object(kind.plural(), made.stream().map(behaviour::view).collect(Json.toArray())));
    }

    ObjectNode create(Caller caller, JsonNode wish) {
        var owner = Stream.of("project_id", "tenant_id")
                .filter(name -> Json.has(wish, name))
                .map(name -> Json.text(wish, name))
                .findFirst()
                .orElse(caller.projectId());
        if (!caller.owns(owner)) {
            throw new Refusal(
                    403, "PolicyNotAuthorized", "rule:create_" + kind.singular() + " is disallowed by policy");
        }
        var fields = kind.forCreation(wish);
        limits.check(kind.singular(), owner, 1);
        var resource = Json.object("id", World.uuid());
        resource.setAll(fields);
        resource.put("tenant_id", owner);
        resource.put("project_id", owner);
        if (kind.singular().equals("security_group_rule")) {
            resource.remove("tags");
        } else {
            resource.putArray("tags");
        }
        resource.put("created_at", world.nowInSeconds());
        resource.put("updated_at", world.nowInSeconds());
        resource.put("revision_number", 1);
        behaviour.create(caller, resource);
        shelf.add(Json.text(resource, "id"), resource);
        return resource;
    }

    private Answer update(Request request) {
        var body = request.json();
        if (!body.has(kind.singular())) {
            throw Kind.bad("Unable to find '" + kind.singular() + "' in request body");
        }
        var resource = find(request);
        refuseOthers(request.caller(), resource, "update");
        request.header("If-Match").ifPresent(match -> requireRevision(resource, match));
        update(request.caller(), resource, kind.forUpdate(body.get(kind.singular())));
        return Answer.ok(Json.object(kind.singular(), behaviour.view(resource)));
    }

    void update(Caller caller, ObjectNode resource, ObjectNode changes) {
        behaviour.update(caller, resource, changes);
        touch(resource);
    }

    private void requireRevision(ObjectNode resource, String match) {
        if (!match.equals("revision_number=" + resource.path("revision_number").asInt())) {
            throw new Refusal(
                    412,
                    "RevisionNumberConstraintFailed",
                    "Constrained to %s, but current revision is %s"
                            .formatted(
                                    match.replace("revision_number=", ""),
                                    resource.path("revision_number").asText()));
        }
    }

    void touch(ObjectNode resource) {
        resource.put("updated_at", world.nowInSeconds());
        resource.put("revision_number", resource.path("revision_number").asInt() + 1);
    }

    private Answer delete(Request request) {
        var resource = find(request);
        refuseOthers(request.caller(), resource, "delete");
        remove(request.caller(), resource);
        return Answer.empty(204);
    }

    void remove(Caller caller, ObjectNode resource) {
        behaviour.delete(caller, resource);
        shelf.remove(Json.text(resource, "id"));
    }

    private void refuseOthers(Caller caller, ObjectNode resource, String verb) {
        if (!caller.owns(Json.text(resource, "project_id"))) {
            throw new Refusal(
                    403, "PolicyNotAuthorized", "rule:%s_%s is disallowed by policy".formatted(verb, kind.singular()));
        }
    }

    private static Answer tags(ObjectNode resource) {
        return Answer.ok(Json.object("tags", resource.path("tags")));
    }

    private Answer replaceTags(Request request) {
        var tags = request.json().get("tags");
        if (tags == null || !tags.isArray()) {
            throw new Refusal(400, "InvalidInput", "Invalid input for operation: Invalid tags body.");
        }
        return setTags(request, Json.texts(tags));
    }

    private Answer clearTags(Request request) {
        setTags(request, List.of());
        return Answer.empty(204);
    }

    private Answer tag(Request request) {
        requireTag(find(request), request.variable("tag"));
        return Answer.empty(204);
    }

    private Answer addTag(Request request) {
        var tags = new ArrayList<>(Json.texts(find(request).path("tags")));
        if (!tags.contains(request.variable("tag"))) {
            tags.add(request.variable("tag"));
        }
        setTags(request, tags);
        return Answer.of(201, Json.node(null));
    }

    private Answer removeTag(Request request) {
        var resource = find(request);
        requireTag(resource, request.variable("tag"));
        var tags = new ArrayList<>(Json.texts(resource.path("tags")));
        tags.remove(request.variable("tag"));
        setTags(request, tags);
        return Answer.empty(204);
    }

    private static void requireTag(ObjectNode resource, String tag) {
        if (!Json.holds(resource.path("tags"), tag)) {
            throw new Refusal(404, "TagNotFound", "Tag " + tag + " could not be found.");
        }
    }

    private Answer setTags(Request request, List<String> tags) {
        var resource = find(request);
        refuseOthers(request.caller(), resource, "update");
        resource.set("tags", Json.array(tags.stream().sorted().distinct().toList()));
        touch(resource);
        return tags(resource);
    }

    Optional<ObjectNode> peek(String id) {
        return shelf.find(id);
    }
}
