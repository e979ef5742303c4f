package io.orrery.sandbox.openstack.nova;

import io.orrery.sandbox.openstack.http.Microversion;
import io.orrery.sandbox.openstack.http.Query;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.model.Caller;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Nova's list queries. What a member may not filter by is not refused but passed over, metadata among it: as in the
 * genuine Nova, a member who asks for servers with certain metadata gets all servers.
 */
final class ServerList {
    private static final Set<String> KNOWN = Set.of(
            "limit",
            "marker",
            "sort_key",
            "sort_dir",
            "name",
            "status",
            "image",
            "flavor",
            "ip",
            "ip6",
            "changes-since",
            "changes-before",
            "all_tenants",
            "tenant_id",
            "project_id",
            "user_id",
            "tags",
            "tags-any",
            "not-tags",
            "not-tags-any",
            "deleted",
            "reservation_id",
            "host",
            "uuid",
            "metadata",
            "system_metadata",
            "availability_zone",
            "config_drive",
            "key_name",
            "created_at",
            "launched_at",
            "terminated_at",
            "power_state",
            "task_state",
            "vm_state",
            "progress",
            "description",
            "locked",
            "access_ip_v4",
            "access_ip_v6",
            "auto_disk_config",
            "kernel_id",
            "launch_index",
            "node",
            "ramdisk_id",
            "root_device_name",
            "block_device_mapping",
            "services",
            "security_groups",
            "hostname",
            "display_name",
            "display_description",
            "image_ref",
            "instance_type_id",
            "soft_deleted",
            "fault",
            "id",
            "changes_since");
    private static final Map<String, Comparator<Server>> ORDERS = Map.of(
            "created_at", Comparator.comparing(Server::created),
            "updated_at", Comparator.comparing(Server::updated),
            "display_name", Comparator.comparing(Server::name),
            "uuid", Comparator.comparing(Server::id),
            "vm_state", Comparator.comparing(Server::state),
            "launched_at", Comparator.comparing(server -> server.launched().orElse(Instant.EPOCH)));

    private final Query query;
    private final Caller caller;
    private final Microversion version;

    ServerList(Request request) {
        this.query = request.query();
        this.caller = request.caller();
        this.version = Nova.version(request);
    }

    List<Server> select(List<Server> present, List<Server> deleted) {
        checkNames();
        if (query.yes("all_tenants") && !caller.admin()) {
            throw new Refusal(
                    403, "Policy doesn't allow os_compute_api:servers:index:get_all_tenants to be performed.");
        }
        if (query.all("status").stream().anyMatch(status -> status.equalsIgnoreCase("DELETED")) && !caller.admin()) {
            throw new Refusal(403, "Only administrators may list deleted instances");
        }
        var since = time("changes-since");
        var candidates = new ArrayList<>(present);
        if (since.isPresent() || (query.yes("deleted") && caller.admin())) {
            candidates.addAll(deleted);
        }
        return candidates.stream()
                .filter(server -> query.yes("all_tenants") || server.project().equals(caller.projectId()))
                .filter(server ->
                        since.map(from -> !server.updated().isBefore(from)).orElse(true))
                .filter(filters())
                .sorted(order())
                .toList();
    }

    private void checkNames() {
        if (version.since(75)) {
            query.names().stream()
                    .filter(name -> !KNOWN.contains(name) && !name.startsWith("_"))
                    .findFirst()
                    .ifPresent(name -> {
                        throw ServerForm.bad("'" + name + "' does not match any of the regexes: '^_'");
                    });
        }
        query.first("limit").filter(text -> !text.matches("\\d*")).ifPresent(text -> {
            throw ServerForm.bad("Invalid input for query parameters limit. Value: %s. '%s' does not match '^[0-9]*$'"
                    .formatted(text, text));
        });
    }

    private Optional<Instant> time(String name) {
        return query.first(name).map(text -> {
            try {
                var zoned = text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$") ? text : text + "Z";
                return OffsetDateTime.parse(zoned.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                        .toInstant();
            } catch (DateTimeParseException bad) {
                throw ServerForm.bad("Invalid input for query parameters %s. Value: %s. '%s' is not a 'date-time'"
                        .formatted(name, text, text));
            }
        });
    }

    private Predicate<Server> filters() {
        Predicate<Server> all = server -> true;
        all = all.and(pattern("name", Server::name));
        all = all.and(equal("status", server -> server.status().toLowerCase(Locale.ROOT)));
        all = all.and(
                equal("image", server -> server.image().map(image -> image.id()).orElse("")));
        all = all.and(equal("flavor", server -> server.flavor().id()));
        if (version.since(66)) {
            var before = time("changes-before");
            all = all.and(server ->
                    before.map(until -> !server.updated().isAfter(until)).orElse(true));
        }
        if (version.since(26)) {
            all = all.and(this::tagsMatch);
        }
        if (version.since(83) || caller.admin()) {
            all = all.and(
                    equal("key_name", server -> server.wish().key().orElse("").toLowerCase(Locale.ROOT)));
            all = all.and(equal("vm_state", server -> server.state().name().toLowerCase(Locale.ROOT)));
            all = all.and(equal("task_state", server -> server.task().orElse("")));
        }
        if (caller.admin()) {
            all = all.and(equal("host", Server::host));
        }
        return all;
    }

    private Predicate<Server> pattern(String name, Function<Server, String> value) {
        return query.first(name)
                .<Predicate<Server>>map(text -> {
                    try {
                        var pattern = Pattern.compile(text);
                        return server -> pattern.matcher(value.apply(server)).find();
                    } catch (PatternSyntaxException bad) {
                        throw ServerForm.bad("Invalid filter field: " + name + ".");
                    }
                })
                .orElse(server -> true);
    }

    private Predicate<Server> equal(String name, Function<Server, String> value) {
        var wanted = query.all(name).stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
        return server -> wanted.isEmpty() || wanted.contains(value.apply(server));
    }

    private boolean tagsMatch(Server server) {
        return tagList("tags").map(server.tags()::containsAll).orElse(true)
                && tagList("tags-any")
                        .map(any -> any.stream().anyMatch(server.tags()::contains))
                        .orElse(true)
                && !tagList("not-tags").map(server.tags()::containsAll).orElse(false)
                && !tagList("not-tags-any")
                        .map(any -> any.stream().anyMatch(server.tags()::contains))
                        .orElse(false);
    }

    private Optional<List<String>> tagList(String name) {
        return query.first(name).map(text -> List.of(text.split(",", -1)));
    }

    private Comparator<Server> order() {
        var keys = query.all("sort_key");
        var directions = query.all("sort_dir");
        Comparator<Server> order =
                Comparator.comparing(Server::created).thenComparing(Server::id).reversed();
        for (int i = keys.size() - 1; i >= 0; i--) {
            var key = keys.get(i);
            var by = Optional.ofNullable(ORDERS.get(key))
                    .orElseThrow(() -> ServerForm.bad(
                            "Invalid input for query parameters sort_key. Value: %s. '%s' is not one of %s"
                                    .formatted(key, key, ORDERS.keySet())));
            boolean ascending = i < directions.size() && directions.get(i).equals("asc");
            order = (ascending ? by : by.reversed()).thenComparing(order);
        }
        return order;
    }
}
