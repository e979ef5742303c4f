package io.orrery.sandbox.kubernetes.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.store.CompactedException;
import io.orrery.sandbox.kubernetes.store.Snapshot;
import java.util.ArrayList;
import java.util.OptionalLong;

/** The verb list: pages of one snapshot (upstream: storage/etcd3/store.go, GetList). */
final class Listing {
    private static final String TOO_OLD =
            "The provided continue parameter is too old to display a consistent list result."
                    + " You can start a new list without the continue parameter, or use the continue token in this response to"
                    + " retrieve the remainder of the results. Continuing with the provided token results in an inconsistent"
                    + " list - objects that were created, modified, or deleted between the time the first chunk was returned and"
                    + " now may show up in the list.";

    private final State state;

    Listing(State state) {
        this.state = state;
    }

    Page list(Served served, Selection selection, ListOptions options) {
        checkMatch(options);
        if (options.continueToken().isEmpty()) {
            return page(served, selection, options, snapshot(served, options), "");
        }
        var token = ContinueToken.decode(options.continueToken());
        return page(served, selection, options, snapshot(served, token), token.after());
    }

    private Snapshot snapshot(Served served, ListOptions options) {
        var resource = served.type().storage();
        var revision = options.revision();
        var newest = state.store().snapshot(resource);
        if (revision > newest.revision()) {
            throw ApiError.futureRevision(revision, newest.revision());
        }
        try {
            return options.match().equals("Exact") ? state.store().snapshot(resource, revision) : newest;
        } catch (CompactedException e) {
            throw ApiError.gone("The resourceVersion for the provided list is too old.");
        }
    }

    private Snapshot snapshot(Served served, ContinueToken token) {
        var resource = served.type().storage();
        if (token.revision() < 0) {
            return state.store().snapshot(resource);
        }
        try {
            return state.store().snapshot(resource, token.revision());
        } catch (CompactedException e) {
            throw ApiError.gone(TOO_OLD).continuing(new ContinueToken(-1, token.after()).encoded());
        }
    }

    private static Page page(Served served, Selection selection, ListOptions options, Snapshot snapshot, String after) {
        var items = new ArrayList<ObjectNode>();
        var last = after;
        var unseen = snapshot.objects().tailMap(after + '\0');
        for (var entry : unseen.entrySet()) {
            if (!selection.includes(entry.getValue())) {
                continue;
            }
            if (options.limit() > 0 && items.size() == options.limit()) {
                var token = new ContinueToken(snapshot.revision(), last).encoded();
                return new Page(snapshot.revision(), items, token, remaining(selection, snapshot, last));
            }
            items.add(State.in(served, entry.getValue()));
            last = entry.getKey();
        }
        return new Page(snapshot.revision(), items, "", OptionalLong.empty());
    }

    private static OptionalLong remaining(Selection selection, Snapshot snapshot, String last) {
        if (selection.isFiltered()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(snapshot.objects().tailMap(last + '\0').values().stream()
                .filter(selection::includes)
                .count());
    }

    private static void checkMatch(ListOptions options) {
        if (options.match().isEmpty()) {
            return;
        }
        if (!options.match().equals("Exact") && !options.match().equals("NotOlderThan")) {
            throw ApiError.badRequest("resourceVersionMatch: Unsupported value: \"" + options.match() + "\"");
        }
        if (options.resourceVersion().isEmpty()) {
            throw ApiError.badRequest("resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (options.match().equals("Exact") && options.resourceVersion().equals("0")) {
            throw ApiError.badRequest("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
        }
        if (!options.continueToken().isEmpty()) {
            throw ApiError.badRequest("resourceVersionMatch is forbidden when continue is provided");
        }
    }
}
