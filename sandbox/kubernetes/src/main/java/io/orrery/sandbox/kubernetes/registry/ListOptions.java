package io.orrery.sandbox.kubernetes.registry;

import io.orrery.sandbox.kubernetes.model.ApiError;
import java.util.Map;

/**
 * The query of a list or watch.
 *
 * @param limit 0 for no limit
 * @param resourceVersion empty for "the newest"
 * @param match empty, Exact or NotOlderThan
 */
public record ListOptions(
        long limit,
        String continueToken,
        String resourceVersion,
        String match,
        boolean bookmarks,
        boolean sendInitialEvents,
        boolean initialEventsAsked,
        long timeoutSeconds) {

    public static ListOptions of(Map<String, String> query) {
        return new ListOptions(
                number(query, "limit"),
                query.getOrDefault("continue", ""),
                query.getOrDefault("resourceVersion", ""),
                query.getOrDefault("resourceVersionMatch", ""),
                flag(query, "allowWatchBookmarks"),
                flag(query, "sendInitialEvents"),
                query.containsKey("sendInitialEvents"),
                number(query, "timeoutSeconds"));
    }

    /** Everything, as it is now. */
    public static final ListOptions NEWEST = of(Map.of());

    /** 0 when none is given, which means "any" in lists and watches. */
    long revision() {
        try {
            return resourceVersion.isEmpty() ? 0 : Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("invalid resourceVersion \"" + resourceVersion + "\"");
        }
    }

    private static boolean flag(Map<String, String> query, String name) {
        var value = query.getOrDefault(name, "false");
        return value.equals("true") || value.equals("1");
    }

    private static long number(Map<String, String> query, String name) {
        try {
            return Math.max(0, Long.parseLong(query.getOrDefault(name, "0")));
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("invalid " + name + ": must be a number");
        }
    }
}
