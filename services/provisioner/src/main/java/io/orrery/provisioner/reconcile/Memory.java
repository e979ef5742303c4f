package io.orrery.provisioner.reconcile;

import io.orrery.contracts.Resource;
import io.orrery.provisioner.model.Keys;
import io.orrery.provisioner.model.Ledger;
import io.orrery.provisioner.plan.Scene.Restraint;
import io.orrery.provisioner.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What one life of a platform has to remember between passes beside the facts. It may be lost at any time: then what the
 * ledger intends is in doubt again, and absences are counted anew. Used by one thread at a time.
 */
final class Memory {

    private static final int PASSES_TO_BELIEVE = 2;

    private final Duration patience;
    private final Map<String, Instant> doubts = new HashMap<>();
    private final Map<String, Integer> absences = new HashMap<>();
    private final Map<String, Instant> going = new HashMap<>();
    private final Map<String, Instant> gone = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Optional<String>> requests = new HashMap<>();
    private final Map<String, Instant> building = new HashMap<>();
    private Instant lastAction = Instant.MIN;
    private Instant lastChange = Instant.MIN;
    private Instant bucketUsed = Instant.MIN;
    private Instant credentialRefused = Instant.MIN;
    private String refusal = "";
    private Optional<Instant> filing = Optional.empty();
    private Optional<Instant> silence = Optional.empty();

    /**
     * @param ledger as it was found: what a former leader intended, it may have made
     * @param patience how long the answer to a create may be missing before it is made again
     */
    Memory(Ledger ledger, Duration patience, Instant now) {
        this.patience = patience;
        ledger.living()
                .filter(line -> line.state() == Resource.State.INTENDED)
                .forEach(line -> doubts.put(line.key(), now));
    }

    void beginPass() {
        asked.clear();
    }

    Restraint restraint(Instant now) {
        var recently = now.minus(patience);
        doubts.values().removeIf(since -> since.isBefore(recently));
        going.values().removeIf(since -> since.isBefore(recently));
        return new Restraint(doubts.keySet(), asked, going.keySet());
    }

    Set<String> doubtful(Instant now) {
        return restraint(now).doubtful();
    }

    void doubt(String key, Instant now) {
        doubts.put(key, now);
    }

    void settled(String key) {
        doubts.remove(key);
    }

    void goes(String id, Instant now) {
        going.put(id, now);
    }

    /** Whether the thing is believed to be gone: it was not found, by its id, in two passes. */
    boolean missed(String id, Instant now) {
        asked.add(id);
        gone.put(id, now);
        var believed = absences.merge(id, 1, Integer::sum) >= PASSES_TO_BELIEVE;
        if (believed) {
            absences.remove(id);
        }
        return believed;
    }

    /** When the cloud last said, to its id, that there is no such thing; empty if it was asked in a former life. */
    Optional<Instant> goneSince(String id) {
        return Optional.ofNullable(gone.get(id));
    }

    void found(String id) {
        asked.add(id);
        gone.remove(id);
        absences.remove(id);
    }

    /** Whether something was missed once, and has to be asked for again. */
    boolean suspects() {
        return !absences.isEmpty();
    }

    /** Ids of what was missed once. */
    Set<String> missed() {
        return Set.copyOf(absences.keySet());
    }

    /** When a machine was first seen building; by our clock, as the cloud's may be another. */
    Instant buildingSince(String id, Instant now) {
        return building.computeIfAbsent(id, first -> now);
    }

    /** The cloud's id of the call that a thing failed on; asked for once. */
    Optional<String> request(String id, Function<String, Optional<String>> source) {
        return requests.computeIfAbsent(id, source);
    }

    /** @param steps that were tried */
    void acted(List<Step> steps, Instant now) {
        lastAction = now;
        if (!steps.stream().allMatch(step -> Keys.isOfServer(step.key()))) {
            lastChange = now;
        }
    }

    /** Lists that were begun earlier do not show all that was done. */
    Instant lastAction() {
        return lastAction;
    }

    /** The same for lists of anything but servers. */
    Instant lastChange() {
        return lastChange;
    }

    void bucketUsed(Instant now) {
        bucketUsed = now;
    }

    /** When it was last seen that the bucket does what it is for. */
    Instant bucketUsed() {
        return bucketUsed;
    }

    void answered() {
        silence = Optional.empty();
    }

    /** Since when no pass has come to its end. */
    Instant silentSince(Instant now) {
        silence = silence.or(() -> Optional.of(now));
        return silence.get();
    }

    /** When it was first tried to file the certificate. */
    Instant filingSince(Instant now) {
        filing = filing.or(() -> Optional.of(now));
        return filing.get();
    }

    /** @param why in the cloud's words */
    void credentialRefused(String why, Instant now) {
        refusal = why;
        credentialRefused = now;
    }

    /** Why the cloud would not make the controllers' credential; empty if it has not been asked since. */
    Optional<String> credentialRefusal(Instant since) {
        return credentialRefused.isAfter(since) ? Optional.of(refusal) : Optional.empty();
    }
}
