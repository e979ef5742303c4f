package io.orrery.provisioner.reconcile;

import io.orrery.contracts.InfrastructureStatus;
import io.orrery.contracts.Phase;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Resource;
import io.orrery.contracts.platform.Network;
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
        var known = withCredentials(project(about, cloud, memory), about, cloud, memory, ownKeys);
        return isBalanced(about) ? known.with(cloud.balancers(since(memory, patience(about)))) : known;
    }

    private static boolean isBalanced(PlatformFacts about) {
        return about.platform()
                .filter(wish -> wish.document().spec().network().api().endpoint() == Network.Endpoint.OCTAVIA)
                .isPresent();
    }

    /** Also at what Kubernetes may have left. */
    Observed ofRemoval(PlatformFacts about, Cloud cloud, Memory memory) {
        memory.beginPass();
        var ownKeys = ledger(about).living(Keys.EC2_CREDENTIAL).isPresent();
        var fresh = since(memory, settings.freshness());
        return withCredentials(cloud.observe(fresh), about, cloud, memory, ownKeys)
                .with(cloud.traces(fresh));
    }

    /**
     * While nothing but machines is under way the servers alone are listed, and the rest is as good as for a platform
     * that stands. With a machine that has done booting all is looked at: its ports and its server group have changed.
     */
    private Observed project(PlatformFacts about, Cloud cloud, Memory memory) {
        var fresh = since(memory, patience(about));
        var booting = Booting.of(about);
        if (booting.servers().isEmpty() || memory.suspects()) {
            return cloud.observe(fresh);
        }
        var calm = cloud.observe(since(memory.lastChange(), settings.leisure()));
        var seen = calm.at().isBefore(fresh) ? calm.withServers(cloud.servers(fresh)) : calm;
        return booting.goesOn(seen) ? seen : cloud.observe(fresh);
    }

    private Observed withCredentials(
            Observed project, PlatformFacts about, Cloud cloud, Memory memory, boolean ownKeys) {
        var ledger = ledger(about);
        var known = project.with(passports(ledger, cloud, memory));
        return ownKeys ? known.with(signingKeys(about, ledger, cloud, memory)) : known;
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
        return since(memory.lastAction(), patience);
    }

    private Instant since(Instant lastAction, Duration patience) {
        var longest = clock.instant().minus(patience);
        return lastAction.isAfter(longest) ? lastAction : longest;
    }

    private static Ledger ledger(PlatformFacts about) {
        return new Ledger(
                about.infrastructure().map(InfrastructureStatus::resources).orElse(List.<Resource>of()));
    }
}
