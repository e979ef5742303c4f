package io.orrery.cli;

import io.orrery.cli.rest.Api;
import io.orrery.cli.rest.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a person says about the repair of a platform: one call to the provisioner each, told apart by its last word. */
final class RepairCommands {

    private RepairCommands() {}

    @Command(name = "pause", description = "Stop all repair of a platform.", mixinStandardHelpOptions = true)
    static final class Pause implements Runnable {

        @Mixin
        private Call call;

        @Override
        public void run() {
            call.send("pause", "paused; nothing is repaired until it is resumed");
        }
    }

    @Command(name = "resume", description = "Let a paused platform be repaired again.", mixinStandardHelpOptions = true)
    static final class Resume implements Runnable {

        @Mixin
        private Call call;

        @Override
        public void run() {
            call.send("resume", "resumed");
        }
    }

    @Command(
            name = "confirm",
            description = "Give up the machines of a platform that failed, many at once: they are replaced.",
            mixinStandardHelpOptions = true)
    static final class Confirm implements Runnable {

        @Mixin
        private Call call;

        @Override
        public void run() {
            call.send("confirm-mass-change", "its failed machines are written off, and are replaced");
        }
    }

    static final class Call {

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        @Mixin
        private ServiceOptions services;

        @Parameters(paramLabel = "NAME", description = "the platform")
        private String name;

        void send(String word, String effect) {
            new Api().send("POST", services.endpoints().provisioner(), "/platforms/" + name + "/" + word);
            spec.commandLine().getOut().printf("%s: %s%n", name, effect).flush();
        }
    }
}
