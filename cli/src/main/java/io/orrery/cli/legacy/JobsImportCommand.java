package io.orrery.cli.legacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = {
            "Take over jobs that openEO's driver kept in ZooKeeper itself.",
            "Nothing is deleted there, and what has been taken over already stays as it is: it can be repeated. Ends with"
                    + " 1 if a job could not be read. Digest credentials are taken from $ZOOKEEPER_USERNAME and"
                    + " $ZOOKEEPER_PASSWORD."
        },
        mixinStandardHelpOptions = true)
public final class JobsImportCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NODES_AT_ONCE = 200;
    private static final int BYTES_AT_ONCE = 4 * 1024 * 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "ZK",
            description = "zk://host:port[,host:port][/path]; the path is /openeo/jobs if it is left out")
    private String from;

    @Option(names = "--platform", required = true, paramLabel = "NAME", description = "whose jobs they will be")
    private String platform;

    @Option(names = "--json", description = "report as JSON")
    private boolean json;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final ArrayNode unreadable = JSON.createArrayNode();

    @Override
    public Integer call() {
        var base = services.endpoints().jobTracker();
        try (var tree = LegacyTree.open(from)) {
            var batch = new ArrayList<LegacyTree.Node>();
            for (var path : tree.paths()) {
                tree.read(path).ifPresent(batch::add);
                if (isFull(batch)) {
                    send(base, batch);
                }
            }
            send(base, batch);
        }
        report();
        return unreadable.isEmpty() ? 0 : 1;
    }

    private static boolean isFull(List<LegacyTree.Node> batch) {
        return batch.size() >= NODES_AT_ONCE
                || batch.stream().mapToInt(node -> node.text().length()).sum() >= BYTES_AT_ONCE;
    }

    private void send(URI base, List<LegacyTree.Node> batch) {
        if (batch.isEmpty()) {
            return;
        }
        var body = JSON.createObjectNode();
        batch.forEach(node ->
                body.withArray("nodes").addObject().put("path", node.path()).put("text", node.text()));
        new Api()
                .send("POST", base, "/platforms/" + platform + "/jobs/import", "application/json", body.toString())
                .path("results")
                .forEach(result -> {
                    counts.merge(result.path("outcome").asText(), 1, Integer::sum);
                    if (result.path("outcome").asText().equals("UNREADABLE")) {
                        unreadable.add(result);
                    }
                });
        batch.clear();
    }

    private void report() {
        var out = spec.commandLine().getOut();
        var report = report(JSON.createObjectNode());
        if (json) {
            out.println(report.toPrettyString());
        } else {
            unreadable.forEach(it -> out.printf(
                    "%s: %s%n", it.path("path").asText(), it.path("reason").asText()));
            out.printf(
                    "%d imported, %d already there, %d unreadable%n",
                    count("IMPORTED"), count("ALREADY_THERE"), count("UNREADABLE"));
        }
        out.flush();
    }

    private ObjectNode report(ObjectNode report) {
        report.put("imported", count("IMPORTED")).put("alreadyThere", count("ALREADY_THERE"));
        report.set("unreadable", unreadable);
        return report;
    }

    private int count(String outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
