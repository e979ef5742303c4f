package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.net.URI;
import java.util.Set;

/** Which URLs are meant where. That they are absolute and without a password was seen to when they were bound. */
final class Urls {

    private static final Set<String> WEB = Set.of("http", "https");

    static void web(Bound bound, Pointer at, Findings findings) {
        schemes(bound, at, WEB, findings);
    }

    static void schemes(Bound bound, Pointer at, Set<String> schemes, Findings findings) {
        bound.at(at, URI.class)
                .filter(url -> !schemes.contains(url.getScheme()) || url.getHost() == null)
                .ifPresent(url -> findings.add(
                        at,
                        Code.NOT_ALLOWED,
                        "must be a URL with a host, of "
                                + schemes.stream().sorted().toList() + ", found " + Texts.shown(url.toString())));
    }

    private Urls() {}
}
