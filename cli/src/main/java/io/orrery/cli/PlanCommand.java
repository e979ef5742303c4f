package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = "Show what apply would do. Creates nothing. Ends with 1 where it would not work.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Option(names = "-f", required = true, paramLabel = "FILE", description = "the Platform document, YAML or JSON")
    private Path file;

    @Option(names = "--json", description = "print the service's answer as it is")
    private boolean json;

    @Override
    public Integer call() {
        var document = Documents.read(file);
        var plan = new Api()
                .send(
                        "POST",
                        services.endpoints().provisioner(),
                        "/platforms/" + document.name() + "/plan",
                        "application/json",
                        document.json());
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(plan.toPrettyString());
        } else {
            new PlanText(plan, out).print();
        }
        out.flush();
        return plan.path("problems").isEmpty() ? 0 : 1;
    }
}
