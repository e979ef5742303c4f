package io.orrery.sandbox.openstack.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A part of a list, and the query strings by which the parts beside it are asked for. */
public record Page<T>(List<T> items, Optional<String> next, Optional<String> previous) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of a sorted list: what follows the marker, or with page_reverse what stands before it.
     *
     * @param most the service's own limit for a page
     * @param missing what to say of a marker that is not in the list
     */
    public static <T> Page<T> of(
            List<T> all, Query query, int most, Function<T, String> id, Function<String, Refusal> missing) {
        var wanted = query.first("limit").map(Page::number).filter(number -> number > 0);
        int limit = Math.min(wanted.orElse(most), most);
        boolean reverse = query.yes("page_reverse");
        int from = 0;
        int to = all.size();
        var marker = query.first("marker").filter(text -> !text.isEmpty());
        if (marker.isPresent()) {
            int at = position(all, marker.get(), id);
            if (at < 0) {
                throw missing.apply(marker.get());
            }
            from = reverse ? 0 : at + 1;
            to = reverse ? at : all.size();
        }
        int begin = reverse ? Math.max(from, to - limit) : from;
        int end = reverse ? to : Math.min(to, from + limit);
        var items = all.subList(begin, end);
        boolean full = items.size() == limit;
        var next = (reverse ? !items.isEmpty() : full && !items.isEmpty())
                ? Optional.of(link(query, id.apply(items.getLast()), false))
                : Optional.<String>empty();
        var previous = items.isEmpty() || wanted.isEmpty() || (reverse && !full)
                ? Optional.<String>empty()
                : Optional.of(link(query, id.apply(items.getFirst()), true));
        return new Page<>(items, next, previous);
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new Refusal(400, "HTTPBadRequest", "limit param must be an integer");
        }
        return Integer.parseInt(text);
    }

    private static <T> int position(List<T> all, String marker, Function<T, String> id) {
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(marker)) {
                return i;
            }
        }
        return -1;
    }

    private static String link(Query query, String marker, boolean reverse) {
        var rest = query.without(List.of("marker", "page_reverse"));
        return (rest.isEmpty() ? "" : rest + "&") + "marker=" + marker + (reverse ? "&page_reverse=True" : "");
    }
}
