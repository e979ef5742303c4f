package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "jobs",
        description = "Show a platform's batch jobs, or one with its history.",
        mixinStandardHelpOptions = true)
final class JobsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(index = "0", paramLabel = "NAME", description = "the platform")
    private String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "JOB", description = "one job")
    private String job;

    @Option(names = "--user", description = "jobs of this user only")
    private String user;

    @Option(names = "--status", description = "jobs in this status only")
    private String status;

    @Override
    public void run() {
        var base = services.endpoints().jobTracker();
        var out = spec.commandLine().getOut();
        if (job != null) {
            out.println(
                    new Api().get(base, "/platforms/" + name + "/jobs/" + job).toPrettyString());
            return;
        }
        var query = "?" + parameter("user", user) + parameter("status", status);
        new Api()
                .get(base, "/platforms/" + name + "/jobs" + query)
                .path("jobs")
                .forEach(it -> out.printf(
                        "%-36s %-10s %-20s %-20s %s%n",
                        it.path("job_id").asText(),
                        it.path("status").asText(),
                        it.path("user_id").asText(),
                        it.path("created").asText(),
                        it.path("title").asText("")));
        out.flush();
    }

    private static String parameter(String key, String value) {
        return value == null ? "" : key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&";
    }
}
