package io.orrery.sandbox.openstack.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/** What has been ordered to go wrong. May be used from any thread. */
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();
    private final List<FateInForce> fates = new ArrayList<>();
    private int made;

    /** A fault as it stands. */
    public record Fault(String id, Matcher match, Effect effect, int befallen) {}

    /** What befalls a call: a delay, and at most one other thing. */
    public record Verdict(Duration delay, Optional<Effect> effect) {}

    private static final class Armed {
        private final String id;
        private final Matcher match;
        private final Effect effect;
        private final Random dice;
        private int befallen;

        Armed(String id, Matcher match, Effect effect) {
            this.id = id;
            this.match = match;
            this.effect = effect;
            this.dice = new Random(match.seed());
        }

        boolean strikes(String service, String verb, String path) {
            boolean spent = match.times() > 0 && befallen >= match.times();
            if (spent || !match.fits(service, verb, path) || dice.nextDouble() >= match.probability()) {
                return false;
            }
            befallen++;
            return true;
        }
    }

    private static final class FateInForce {
        private final Fate fate;
        private int befallen;

        FateInForce(Fate fate) {
            this.fate = fate;
        }

        boolean strikes(String server) {
            boolean spent = fate.times() > 0 && befallen >= fate.times();
            if (spent || !Pattern.compile(fate.server()).matcher(server).find()) {
                return false;
            }
            befallen++;
            return true;
        }
    }

    /** Orders a fault; the answer is the id to lift it by. */
    public synchronized String add(Matcher match, Effect effect) {
        var id = "fault-" + ++made;
        armed.add(new Armed(id, match, effect));
        return id;
    }

    public synchronized void add(Fate fate) {
        fates.add(new FateInForce(fate));
    }

    /** A service that cannot be reached behind its proxy, until the fault is lifted. */
    public String down(String service) {
        return add(Matcher.all(service), new Effect.Reply(503, false));
    }

    public synchronized boolean lift(String id) {
        return armed.removeIf(fault -> fault.id.equals(id));
    }

    public synchronized void clear() {
        armed.clear();
        fates.clear();
    }

    public synchronized List<Fault> list() {
        return armed.stream()
                .map(fault -> new Fault(fault.id, fault.match, fault.effect, fault.befallen))
                .toList();
    }

    /** Decides on a call, and counts it where a fault strikes. */
    public synchronized Verdict on(String service, String verb, String path) {
        var delay = Duration.ZERO;
        Optional<Effect> effect = Optional.empty();
        for (var fault : armed) {
            if (fault.effect instanceof Effect.Delay more) {
                if (fault.strikes(service, verb, path)) {
                    delay = delay.plus(more.by());
                }
            } else if (effect.isEmpty() && fault.strikes(service, verb, path)) {
                effect = Optional.of(fault.effect);
            }
        }
        return new Verdict(delay, effect);
    }

    /** What is to become of a new server. */
    public synchronized Optional<Fate> fateOf(String server) {
        return fates.stream().filter(fate -> fate.strikes(server)).findFirst().map(fate -> fate.fate);
    }
}
