package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import io.orrery.cli.up.PlatformView;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "get",
        description = "Show all platforms, or one with the state of its stages.",
        mixinStandardHelpOptions = true)
final class GetCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "the platform (default: all)")
    private String name;

    @Option(names = "--json", description = "print the service's answer as it is")
    private boolean json;

    @Override
    public void run() {
        var path = name == null ? "/platforms" : "/platforms/" + name;
        var answer = new Api().get(services.endpoints().provisioner(), path);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.toPrettyString());
        } else if (name == null) {
            answer.forEach(platform -> line(new PlatformView(platform), out));
        } else {
            stages(new PlatformView(answer), out);
        }
        out.flush();
    }

    private static void line(PlatformView platform, PrintWriter out) {
        out.printf(
                "%-24s generation %-4s %s%n",
                platform.json().path("platform").asText(),
                platform.json().path("generation").asText(),
                PlatformView.STAGES.stream()
                        .map(stage -> stage + " " + platform.phase(stage).orElse("-"))
                        .reduce((one, two) -> one + ", " + two)
                        .orElse(""));
    }

    private static void stages(PlatformView platform, PrintWriter out) {
        PlatformView.STAGES.forEach(stage ->
                out.printf("%-15s %-12s %s%n", stage, platform.phase(stage).orElse("-"), platform.detail(stage)));
    }
}
