package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "apply", description = "Make the platform what the document says.", mixinStandardHelpOptions = true)
final class ApplyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Option(names = "-f", required = true, paramLabel = "FILE", description = "the Platform document, YAML or JSON")
    private Path file;

    @Option(names = "--confirm", paramLabel = "CLASS", description = "confirm changes of this class (rebuild)")
    private String confirm;

    @Override
    public void run() {
        var document = Documents.read(file);
        var query = confirm == null ? "" : "?confirm=" + confirm;
        var answer = new Api()
                .send(
                        "PUT",
                        services.endpoints().provisioner(),
                        "/platforms/" + document.name() + query,
                        "application/json",
                        document.json());
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: generation %s%n",
                        document.name(), answer.path("generation").asText("?"))
                .flush();
    }
}
