package io.orrery.sandbox.openstack.faults;

import java.util.regex.Pattern;

/**
 * Which calls a fault befalls.
 *
 * @param service the catalogue's type, such as {@code compute}; null for all
 * @param verb null for all
 * @param path regular expression, found anywhere in the path behind the service's prefix; null for all
 * @param times how often; 0 for always
 * @param probability of each matching call, above 0 to 1
 * @param seed of the dice, so that a run can be repeated
 */
public record Matcher(String service, String verb, String path, int times, double probability, long seed) {
    public Matcher {
        probability = probability == 0 ? 1 : probability;
        if (probability < 0 || probability > 1 || times < 0) {
            throw new IllegalArgumentException("probability is from 0 to 1, and times is not negative");
        }
        if (path != null) {
            Pattern.compile(path);
        }
    }

    /** The next calls of this kind, as often as it says. */
    public static Matcher next(int times, String service, String verb, String path) {
        return new Matcher(service, verb, path, times, 1, 0);
    }

    /** All calls of this kind until the fault is lifted. */
    public static Matcher every(String service, String verb, String path) {
        return next(0, service, verb, path);
    }

    /** A whole service. */
    public static Matcher all(String service) {
        return every(service, null, null);
    }

    boolean fits(String calledService, String calledVerb, String calledPath) {
        return (service == null || service.equals(calledService))
                && (verb == null || verb.equals(calledVerb))
                && (path == null || Pattern.compile(path).matcher(calledPath).find());
    }
}
