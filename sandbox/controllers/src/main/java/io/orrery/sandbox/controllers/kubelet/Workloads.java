package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.orrery.sandbox.controllers.loop.Owners;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Which workload a container runs: the first that fits. Where none does: an init container ends at once, a Job's pod ends
 * well after a moment, and everything else is ready and runs for ever.
 */
public final class Workloads {

    private static final long JOB_MILLIS = 300;

    private record Choice(BiPredicate<Pod, Container> fits, Workload workload) {}

    private final List<Choice> choices;

    private Workloads(List<Choice> choices) {
        this.choices = List.copyOf(choices);
    }

    public static Workloads none() {
        return new Workloads(List.of());
    }

    /** The same choices, with one more that is asked before them. */
    public Workloads with(BiPredicate<Pod, Container> fits, Workload workload) {
        var more = new ArrayList<Choice>();
        more.add(new Choice(fits, workload));
        more.addAll(choices);
        return new Workloads(more);
    }

    /** For containers that have, among command and arguments, one that ends like this. */
    public Workloads withArgument(String ending, Workload workload) {
        return with((pod, container) -> words(container).anyMatch(word -> word.endsWith(ending)), workload);
    }

    /** For containers whose image name, without registry, path and tag, is this. */
    public Workloads withImage(String name, Workload workload) {
        return with(
                (pod, container) ->
                        container.getImage() != null && container.getImage().matches("(.*/)?" + name + "([:@].*)?"),
                workload);
    }

    Workload choose(Pod pod, Container container, boolean init) {
        return choices.stream()
                .filter(choice -> choice.fits().test(pod, container))
                .findFirst()
                .map(Choice::workload)
                .orElseGet(() -> byDefault(pod, init));
    }

    private static Workload byDefault(Pod pod, boolean init) {
        if (init) {
            return context -> Running.of(CompletableFuture.completedFuture(Exit.COMPLETED));
        }
        return Owners.controller(pod, "Job").isPresent() ? Workloads::endsWell : context -> Running.forEver();
    }

    private static Running endsWell(PodContext context) {
        var exited = new CompletableFuture<Exit>();
        return Running.of(exited.completeOnTimeout(Exit.COMPLETED, JOB_MILLIS, TimeUnit.MILLISECONDS));
    }

    private static Stream<String> words(Container container) {
        return Stream.concat(container.getCommand().stream(), container.getArgs().stream());
    }
}
