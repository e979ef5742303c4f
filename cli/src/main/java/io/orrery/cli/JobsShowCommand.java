package io.orrery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description = "Show a job: what became of it, when, and who said so.",
        mixinStandardHelpOptions = true)
final class JobsShowCommand implements Runnable {

    private static final List<String> FIELDS = List.of(
            "job_id",
            "status",
            "user_id",
            "title",
            "description",
            "created",
            "updated",
            "started",
            "finished",
            "application_id",
            "costs");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(index = "0", paramLabel = "NAME", description = "the platform")
    private String name;

    @Parameters(index = "1", paramLabel = "JOB", description = "the job's id")
    private String job;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public void run() {
        var id = URLEncoder.encode(job, StandardCharsets.UTF_8).replace("+", "%20");
        var found = new Api().get(services.endpoints().jobTracker(), "/platforms/" + name + "/jobs/" + id);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(found.toPrettyString());
        } else {
            show(found, out);
        }
        out.flush();
    }

    private static void show(JsonNode job, PrintWriter out) {
        var facts = new ArrayList<List<String>>();
        FIELDS.stream().filter(job::hasNonNull).forEach(field -> facts.add(List.of(field, printable(job.path(field)))));
        job.path("usage")
                .properties()
                .forEach(used ->
                        facts.add(List.of("usage", Words.printable(used.getKey()) + " " + amount(used.getValue()))));
        Words.table(facts).forEach(out::println);
        out.println();
        Words.table(StreamSupport.stream(job.path("history").spliterator(), false)
                        .map(JobsShowCommand::transition)
                        .toList())
                .forEach(out::println);
    }

    private static List<String> transition(JsonNode step) {
        return List.of(
                printable(step.path("at")),
                printable(step.path("status")),
                "by " + printable(step.path("by")),
                printable(step.path("reason")));
    }

    private static String amount(JsonNode used) {
        return printable(used.path("value")) + " " + printable(used.path("unit"));
    }

    private static String printable(JsonNode value) {
        return Words.printable(value.asText(""));
    }
}
