package io.orrery.jobtracker.registry;

import io.orrery.jobtracker.query.Query;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A search as the index sees it: what every job in memory knows of itself, and the rest of the query, for which its
 * document must be read.
 *
 * @param backends whose jobs are meant
 * @param ids only these; empty: any
 * @param users only theirs; empty: anybody's
 * @param statuses only jobs that have one of these; empty: any
 * @param withApplication whether only jobs are meant that have an application
 * @param rest what also has to hold
 */
record Selection(
        Set<String> backends,
        Optional<Set<String>> ids,
        Optional<Set<String>> users,
        Optional<Set<String>> statuses,
        boolean withApplication,
        Query rest) {

    private static final Set<String> KNOWN = Set.of("backend_id", "job_id", "user_id", "status");

    /** @param backends whose jobs are meant, unless the query names fewer */
    static Selection of(Query query, Set<String> backends) {
        var named = query.required("backend_id");
        return new Selection(
                backends.stream()
                        .filter(backend -> named.isEmpty() || named.get().contains(backend))
                        .collect(Collectors.toSet()),
                query.required("job_id"),
                query.required("user_id"),
                query.required("status"),
                query.needs("application_id"),
                query.without(KNOWN));
    }

    /** Whether the job may be meant, by what it knows of itself; none that is deleted is. */
    boolean admits(Entry entry) {
        return !entry.deleted
                && backends.contains(entry.owner.backendId())
                && isAmong(ids, entry.id)
                && isAmong(users, entry.owner.userId())
                && isAmong(statuses, entry.status.word());
    }

    private static boolean isAmong(Optional<Set<String>> some, String value) {
        return some.isEmpty() || some.get().contains(value);
    }
}
