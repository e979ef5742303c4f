package io.orrery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "List a platform's jobs, newest first.", mixinStandardHelpOptions = true)
final class JobsListCommand implements Runnable {

    private static final int LARGEST_PAGE = 1_000;

    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("JOB", "job_id");
        COLUMNS.put("STATUS", "status");
        COLUMNS.put("USER", "user_id");
        COLUMNS.put("CREATED", "created");
        COLUMNS.put("UPDATED", "updated");
        COLUMNS.put("TITLE", "title");
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(paramLabel = "NAME", description = "the platform")
    private String name;

    @Option(names = "--user", description = "jobs of this user only")
    private String user;

    @Option(names = "--status", split = ",", description = "jobs in these statuses only")
    private List<String> statuses = List.of();

    @Option(names = "--text", description = "jobs with this in id, title or description")
    private String text;

    @Option(names = "--since", paramLabel = "DATE", description = "jobs made then or later (ISO 8601)")
    private String since;

    @Option(names = "--until", paramLabel = "DATE", description = "jobs made before")
    private String until;

    @Option(names = "--updated-since", paramLabel = "DATE", description = "jobs changed then or later")
    private String updatedSince;

    @Option(names = "--updated-until", paramLabel = "DATE", description = "jobs changed before")
    private String updatedUntil;

    @Option(
            names = "--sort",
            defaultValue = "-created",
            paramLabel = "FIELD",
            description = "created, updated, status, user or title; with - before it the greatest first"
                    + " (default: ${DEFAULT-VALUE})")
    private String sort;

    @Option(
            names = "--limit",
            defaultValue = "50",
            paramLabel = "N",
            description = "so many at most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--all", description = "all of them")
    private boolean all;

    @Option(names = "--json", description = "as JSON: jobs, and the total of those that match")
    private boolean json;

    @Override
    public void run() {
        var jobs = new ArrayList<JsonNode>();
        var page = page(Optional.empty(), limit);
        page.path("jobs").forEach(jobs::add);
        while (page.has("next") && (all || jobs.size() < limit)) {
            page = page(Optional.of(page.path("next").asText()), limit - jobs.size());
            page.path("jobs").forEach(jobs::add);
        }
        show(jobs, page.path("total").asLong());
    }

    private JsonNode page(Optional<String> after, int missing) {
        var query = new ArrayList<String>();
        add(query, "user", user);
        statuses.forEach(status -> add(query, "status", status));
        add(query, "text", text);
        add(query, "createdFrom", since);
        add(query, "createdTo", until);
        add(query, "updatedFrom", updatedSince);
        add(query, "updatedTo", updatedUntil);
        add(query, "sort", sort);
        add(query, "limit", String.valueOf(all ? LARGEST_PAGE : Math.min(missing, LARGEST_PAGE)));
        after.ifPresent(cursor -> add(query, "after", cursor));
        var path = "/platforms/" + name + "/jobs?" + String.join("&", query);
        return new Api().get(services.endpoints().jobTracker(), path);
    }

    private static void add(List<String> query, String key, String value) {
        if (value != null) {
            query.add(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private void show(List<JsonNode> jobs, long total) {
        var out = spec.commandLine().getOut();
        if (json) {
            var document = JsonNodeFactory.instance.objectNode();
            document.putArray("jobs").addAll(jobs);
            out.println(document.put("total", total).toPrettyString());
        } else {
            table(jobs).forEach(out::println);
            if (jobs.size() < total) {
                out.println(jobs.size() + " of " + total + " jobs; --all shows them all");
            }
        }
        out.flush();
    }

    private static List<String> table(List<JsonNode> jobs) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.copyOf(COLUMNS.keySet()));
        jobs.forEach(job -> rows.add(COLUMNS.values().stream()
                .map(field -> Words.printable(job.path(field).asText("")))
                .toList()));
        return Words.table(rows);
    }
}
