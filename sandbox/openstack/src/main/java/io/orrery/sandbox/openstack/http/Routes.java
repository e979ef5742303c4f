package io.orrery.sandbox.openstack.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The paths that a service knows, as templates: {@code /servers/{id}}; {@code **} at the end takes any rest. */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** One path and verb. Open routes need no token. */
    record Route(String verb, String template, List<String> segments, boolean open, Handler handler) {}

    /** A route that fits a request. */
    record Match(Route route, Map<String, String> variables) {}

    /** What is known of a path. */
    record Found(Optional<Match> match, boolean pathKnown) {}

    public Routes on(String verb, String template, Handler handler) {
        return add(verb, template, false, handler);
    }

    public Routes open(String verb, String template, Handler handler) {
        return add(verb, template, true, handler);
    }

    /** Paths of the real service that are not emulated: whoever calls them is told so. */
    public Routes unsupported(String... templates) {
        for (var template : templates) {
            Stream.of("GET", "POST", "PUT", "PATCH", "DELETE")
                    .forEach(verb -> on(verb, template, request -> {
                        throw Refusal.unsupported(request.verb() + " " + request.path());
                    }));
        }
        return this;
    }

    private Routes add(String verb, String template, boolean open, Handler handler) {
        routes.add(new Route(verb, template, segments(template), open, handler));
        return this;
    }

    Found find(String verb, String path) {
        var segments = segments(path);
        boolean known = false;
        for (var route : routes) {
            var variables = match(route.segments(), segments);
            if (variables.isPresent()) {
                known = true;
                if (route.verb().equals(verb)) {
                    return new Found(Optional.of(new Match(route, variables.get())), true);
                }
            }
        }
        return new Found(Optional.empty(), known);
    }

    private static List<String> segments(String path) {
        return Stream.of(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static Optional<Map<String, String>> match(List<String> template, List<String> path) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < template.size(); i++) {
            var expected = template.get(i);
            if (expected.equals("**")) {
                return Optional.of(variables);
            }
            if (i >= path.size()) {
                return Optional.empty();
            }
            if (expected.startsWith("{")) {
                variables.put(expected.substring(1, expected.length() - 1), path.get(i));
            } else if (!expected.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return template.size() == path.size() ? Optional.of(variables) : Optional.empty();
    }
}
