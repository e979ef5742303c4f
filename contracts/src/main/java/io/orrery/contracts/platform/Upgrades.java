package io.orrery.contracts.platform;

import java.util.Optional;
import java.util.regex.Pattern;

/** Kubernetes goes up one minor version at a time and never down: an API server may not be older than what etcd holds. */
final class Upgrades {

    private static final String VERSION = "/spec/kubernetes/version";
    private static final Pattern PARTS = Pattern.compile("v1\\.([0-9]+)\\.([0-9]+).*");

    static Change judge(Change change) {
        if (!change.pointer().equals(VERSION)) {
            return change;
        }
        var from = parts(change.from());
        var to = parts(change.to());
        if (to.minor > from.minor + 1) {
            return refused(change, "a minor version must not be skipped: go to v1." + (from.minor + 1) + " first");
        }
        if (to.minor < from.minor || (to.minor == from.minor && to.patch < from.patch)) {
            return refused(change, "Kubernetes cannot go back to an older version");
        }
        return change;
    }

    private static Change refused(Change change, String note) {
        return new Change(
                change.pointer(), change.path(), change.from(), change.to(), ChangeClass.REFUSED, Optional.of(note));
    }

    private static Parts parts(Optional<Object> version) {
        var match = PARTS.matcher(version.map(Object::toString).orElse(""));
        if (!match.matches()) {
            throw new IllegalArgumentException("not a version of Kubernetes: " + version);
        }
        return new Parts(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
    }

    private record Parts(int minor, int patch) {}

    private Upgrades() {}
}
