package io.orrery.sandbox.openstack.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The query string: names may come more than once, and their order is kept for the links to other pages. */
public record Query(List<Map.Entry<String, String>> pairs) {
    public Query {
        pairs = List.copyOf(pairs);
    }

    public Optional<String> first(String name) {
        return pairs.stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    public List<String> all(String name) {
        return pairs.stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    public List<String> names() {
        return pairs.stream().map(Map.Entry::getKey).distinct().toList();
    }

    /** True for the ways in which OpenStack's services are told yes. */
    public boolean yes(String name) {
        return first(name).map(Query::truth).orElse(false);
    }

    public static boolean truth(String text) {
        return List.of("1", "t", "true", "on", "y", "yes").contains(text.toLowerCase(java.util.Locale.ROOT));
    }

    /** The query string for another page: the same without these names. */
    public String without(List<String> names) {
        return pairs.stream()
                .filter(pair -> !names.contains(pair.getKey()))
                .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
