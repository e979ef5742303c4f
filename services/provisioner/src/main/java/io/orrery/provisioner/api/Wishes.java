package io.orrery.provisioner.api;

import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.PlatformStatus;
import io.orrery.contracts.PlatformStatus.Removal;
import io.orrery.contracts.Slot;
import io.orrery.contracts.Stage;
import io.orrery.contracts.Uid;
import io.orrery.contracts.platform.ChangeClass;
import io.orrery.contracts.platform.Changes;
import io.orrery.contracts.platform.Platform;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.rest.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What people wish of platforms, told to everybody. One wish at a time, so that each sees the one before it. */
@ApplicationScoped
class Wishes {

    private final Facts facts;
    private final Instance<Facts.Teller> teller;
    private final Clock clock;

    Wishes(Facts facts, Instance<Facts.Teller> teller, Clock clock) {
        this.facts = facts;
        this.teller = teller;
        this.clock = clock;
    }

    /** @throws ProblemException 404 if there is none */
    PlatformStatus find(PlatformName name) {
        return facts.about(name)
                .platform()
                .orElseThrow(() -> ProblemException.notFound("there is no platform " + name));
    }

    /**
     * Makes the document the wish.
     *
     * @param generation that the platform must have now; empty if any will do
     * @param confirmed whether a rebuild is agreed to
     */
    synchronized PlatformStatus put(Platform document, Optional<Long> generation, boolean confirmed) {
        var former = facts.about(document.name()).platform();
        if (generation.isPresent() && !generation.equals(former.map(PlatformStatus::generation))) {
            throw new ProblemException(
                    412,
                    "The platform has changed",
                    "its generation is "
                            + former.map(PlatformStatus::generation)
                                    .map(String::valueOf)
                                    .orElse("none") + ", not " + generation.get());
        }
        if (former.isEmpty()) {
            return tell(new PlatformStatus(
                    document.name(),
                    new Uid(UUID.randomUUID()),
                    1,
                    document,
                    false,
                    Optional.empty(),
                    clock.instant()));
        }
        return change(former.get(), document, confirmed);
    }

    private PlatformStatus change(PlatformStatus former, Platform document, boolean confirmed) {
        if (former.removing()) {
            throw new ProblemException(
                    409, "The platform is being removed", "wait for its certificate, then it can be made anew");
        }
        var changes = Changes.between(former.document(), document);
        refuse(changes, ChangeClass.REFUSED, "These fields cannot be changed", "it takes another platform");
        if (!confirmed) {
            refuse(changes, ChangeClass.REBUILD, "These changes rebuild what runs", "confirm with ?confirm=rebuild");
        }
        return changes.isEmpty() ? former : tell(former.of(former.generation() + 1, document));
    }

    private static void refuse(Changes changes, ChangeClass changeClass, String title, String advice) {
        var refused = changes.of(changeClass);
        if (!refused.isEmpty()) {
            var errors = refused.stream()
                    .map(change -> Map.of(
                            "pointer", change.pointer(), "code", changeClass, "message", change.path() + ": " + advice))
                    .toList();
            throw new ProblemException(409, title, errors.size() + " changes: " + advice, Map.of("errors", errors));
        }
    }

    /** A removal once asked for can be forced, and more stages skipped, but not taken back. */
    synchronized PlatformStatus remove(PlatformName name, boolean force, List<Stage> skip) {
        if (!force && !skip.isEmpty()) {
            throw new ProblemException(
                    400,
                    "Nothing is skipped without force",
                    "a skipped stage leaves behind what it made: say force=true");
        }
        var former = find(name);
        var skipped = new HashSet<>(skip);
        former.removal().map(Removal::skip).ifPresent(skipped::addAll);
        return tell(former.removing(new Removal(
                former.removal().map(Removal::requested).orElseGet(clock::instant),
                force || former.removal().map(Removal::force).orElse(false),
                Set.copyOf(skipped))));
    }

    synchronized PlatformStatus pause(PlatformName name, boolean paused) {
        return tell(find(name).paused(paused));
    }

    /**
     * Gives up all machines that have failed by now, so that they are replaced although they were many at once.
     *
     * @throws ProblemException 409 if nothing is held back
     */
    synchronized PlatformStatus writeOff(PlatformName name) {
        var wish = find(name);
        var failed = facts.about(name).infrastructure().map(InfrastructureStatus::slots).orElse(List.of()).stream()
                .filter(slot -> slot.state() == Slot.State.FAILED)
                .map(Slot::name)
                .collect(Collectors.toSet());
        if (failed.isEmpty()) {
            throw new ProblemException(409, "There is nothing to confirm", "no machine of " + name + " has failed");
        }
        return tell(wish.writingOff(failed));
    }

    private PlatformStatus tell(PlatformStatus wish) {
        teller.get().tell(wish);
        return wish;
    }
}
