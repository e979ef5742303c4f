package io.orrery.provisioner.reconcile;

import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Resource;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Kind;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.model.Observed;
import io.orrery.provisioner.model.Thing;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import io.orrery.reconciler.facts.Facts;
import io.orrery.reconciler.facts.PlatformFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a pass looks at: the project, and beside it what only some passes need. Every look is shared by all platforms. */
final class Outlook {

    /** How old a look at a credential may be that is known to be there. */
    private static final Duration CALM = Duration.ofMinutes(5);

    private final Facts facts;
    private final Settings settings;
    private final Clock clock;

    Outlook(Facts facts, Settings settings, Clock clock) {
        this.facts = facts;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param ownKeys whether the platform's bucket is opened with keys of our making */
    Observed ofBuilding(PlatformFacts about, Cloud cloud, Memory memory, boolean ownKeys) {
        memory.beginPass();
        var ledger = ledger(about);
        var project = cloud.observe(since(memory, patience(about))).with(passports(ledger, cloud, memory));
        return ownKeys ? project.with(signingKeys(about, ledger, cloud, memory)) : project;
    }

    /** Also at what Kubernetes may have left. */
    Observed ofRemoval(PlatformFacts about, Cloud cloud, Memory memory) {
        var ledger = ledger(about);
        var ownKeys = ledger.living(Keys.EC2_CREDENTIAL).isPresent();
        return ofBuilding(about, cloud, memory, ownKeys).with(cloud.traces(since(memory, settings.freshness())));
    }

    /** Who may not list them may not make them either: that is for the step to find out. */
    private List<Thing> passports(Ledger ledger, Cloud cloud, Memory memory) {
        try {
            return cloud.credentials(
                    Kind.APPLICATION_CREDENTIAL, since(memory, patience(ledger, Keys.APPLICATION_CREDENTIAL)));
        } catch (CloudException e) {
            if (e.sort() == Sort.REFUSED || e.sort() == Sort.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Without those of other platforms, as they have no names to be told apart by. */
    private List<Thing> signingKeys(PlatformFacts about, Ledger ledger, Cloud cloud, Memory memory) {
        var all = cloud.credentials(Kind.EC2_CREDENTIAL, since(memory, patience(ledger, Keys.EC2_CREDENTIAL)));
        if (ledger.id(Keys.EC2_CREDENTIAL).isPresent()) {
            return all;
        }
        var others = idsOfOthers(about.name());
        return all.stream().filter(key -> !others.contains(key.id())).toList();
    }

    private Set<String> idsOfOthers(PlatformName name) {
        return facts.names().stream()
                .filter(other -> !other.equals(name))
                .flatMap(other -> facts.about(other).infrastructure().stream())
                .flatMap(status -> status.resources().stream())
                .filter(line -> line.key().equals(Keys.EC2_CREDENTIAL))
                .flatMap(line -> line.id().stream())
                .collect(Collectors.toSet());
    }

    /** A platform that is as its document says can wait until somebody else has looked. */
    private Duration patience(PlatformFacts about) {
        var calm = about.platform().filter(wish -> about.infrastructure()
                .filter(status -> status.phase() == Phase.READY && status.observedGeneration() == wish.generation())
                .isPresent());
        return calm.isPresent() ? settings.leisure() : settings.freshness();
    }

    private Duration patience(Ledger ledger, String key) {
        return ledger.id(key).isPresent() ? CALM : settings.freshness();
    }

    /** A look that was begun before our last act does not show it. */
    private Instant since(Memory memory, Duration patience) {
        return Stream.of(memory.lastAction(), clock.instant().minus(patience))
                .max(Instant::compareTo)
                .get();
    }

    private static Ledger ledger(PlatformFacts about) {
        return new Ledger(
                about.infrastructure().map(InfrastructureStatus::resources).orElse(List.<Resource>of()));
    }
}
