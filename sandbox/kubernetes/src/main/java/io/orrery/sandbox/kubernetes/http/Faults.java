package io.orrery.sandbox.kubernetes.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What is to go wrong, by verb and path; the first rule that fits is used up. */
public final class Faults {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    private record Rule(String verb, Pattern path, AtomicInteger left, Fault fault) {
        boolean fits(String askedVerb, String askedPath) {
            return (verb.equals("*") || verb.equals(askedVerb))
                    && path.matcher(askedPath).find();
        }

        boolean use() {
            return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        }
    }

    /**
     * Lets the next calls that fit go wrong.
     *
     * @param verb get, list, watch, create, update, patch, delete, deletecollection, or * for any
     * @param path a regular expression that is to be found in the path
     * @param times for how many calls
     */
    public void add(String verb, String path, int times, Fault fault) {
        rules.add(new Rule(verb, Pattern.compile(path), new AtomicInteger(times), fault));
    }

    public void clear() {
        rules.clear();
    }

    Optional<Fault> next(String verb, String path) {
        return rules.stream()
                .filter(rule -> rule.fits(verb, path))
                .filter(Rule::use)
                .map(Rule::fault)
                .findFirst();
    }
}
