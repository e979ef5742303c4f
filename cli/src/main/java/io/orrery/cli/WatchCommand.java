package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import io.orrery.cli.up.PlatformView;
import io.orrery.cli.up.Screen;
import io.orrery.cli.up.Timeline;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "watch",
        description = "Follow the stages of a platform until it is gone, or Ctrl-C.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions services;

    @Parameters(paramLabel = "NAME", description = "the platform")
    private String name;

    @Override
    public void run() {
        var api = new Api();
        var screen = new Screen(spec.commandLine().getOut(), false);
        var timeline = new Timeline(Clock.systemUTC());
        var platform = api.find(services.endpoints().provisioner(), "/platforms/" + name);
        if (platform.isEmpty()) {
            throw new CommandException("no platform " + name);
        }
        try {
            while (platform.isPresent()) {
                timeline.see(new PlatformView(platform.get()), screen::stage);
                Thread.sleep(Duration.ofSeconds(1));
                platform = api.find(services.endpoints().provisioner(), "/platforms/" + name);
            }
            screen.say(name + " is gone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
