package io.orrery.sandbox.kubernetes.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sandbox.kubernetes.pki.ClusterPki;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceAccountTokensTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final String key = ClusterPki.create().serviceAccountKeyPem();
    private final ServiceAccountTokens tokens = new ServiceAccountTokens(
            key, (kind, namespace, name) -> name.equals("gone") ? Optional.empty() : Optional.of("uid-" + name));

    private Optional<User> verified(String name, Instant now, List<String> audiences) {
        return tokens.verify(tokens.issue("ns", name, "uid-" + name, audiences, now, HOUR, Optional.empty()));
    }

    @Test
    void namesTheAccountAndItsGroups() {
        var user = verified("robot", Instant.now(), List.of()).orElseThrow();
        assertThat(user.name()).isEqualTo("system:serviceaccount:ns:robot");
        assertThat(user.groups()).contains("system:serviceaccounts:ns", "system:authenticated");
    }

    @Test
    void expires() {
        assertThat(verified("robot", Instant.now().minus(Duration.ofHours(2)), List.of()))
                .isEmpty();
    }

    @Test
    void isForItsAudienceOnly() {
        assertThat(verified("robot", Instant.now(), List.of("somebody-else"))).isEmpty();
    }

    @Test
    void endsWithItsAccountAndWithItsPod() {
        assertThat(verified("gone", Instant.now(), List.of())).isEmpty();
        var bound = Optional.of(new ServiceAccountTokens.Bound("Pod", "gone", "uid-gone"));
        var token = tokens.issue("ns", "robot", "uid-robot", List.of(), Instant.now(), HOUR, bound);
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void anotherKeysTokenIsNoToken() {
        var stranger = new ServiceAccountTokens(
                ClusterPki.create().serviceAccountKeyPem(), (kind, namespace, name) -> Optional.of("uid"));
        assertThat(tokens.verify(
                        stranger.issue("ns", "robot", "uid-robot", List.of(), Instant.now(), HOUR, Optional.empty())))
                .isEmpty();
    }
}
