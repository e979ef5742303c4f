package io.orrery.sandbox.openstack.keystone;

import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.model.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The tokens that are good now. */
final class TokenBook {
    private final World world;
    private final Duration life;
    private final Map<String, Token> tokens = new HashMap<>();

    TokenBook(World world, Duration life) {
        this.world = world;
        this.life = life;
    }

    Token issue(Account account, String method, boolean scoped) {
        return issue(
                account,
                List.of(method),
                scoped,
                account.roles(),
                Optional.empty(),
                world.now().plus(life),
                List.of());
    }

    Token issue(ApplicationCredential credential) {
        return issue(
                credential.account(),
                List.of("application_credential"),
                true,
                Set.copyOf(credential.roles()),
                Optional.of(credential),
                world.now().plus(life),
                List.of());
    }

    /** A token by another one: it lives no longer than that, and keeps what that may do. */
    Token issue(Token parent, boolean scoped) {
        var methods = new ArrayList<>(List.of("token"));
        methods.addAll(parent.methods());
        return issue(
                parent.account(),
                methods,
                scoped,
                parent.roles(),
                parent.application(),
                parent.expires(),
                parent.auditIds());
    }

    private Token issue(
            Account account,
            List<String> methods,
            boolean scoped,
            Set<String> roles,
            Optional<ApplicationCredential> application,
            Instant expires,
            List<String> parents) {
        forgetExpired();
        var audit = new ArrayList<>(List.of(random(16)));
        audit.addAll(parents);
        var token = new Token(
                "gAAAAA" + random(120), methods, account, scoped, roles, application, audit, world.now(), expires);
        tokens.put(token.value(), token);
        return token;
    }

    private void forgetExpired() {
        tokens.values().removeIf(token -> token.expires().isBefore(world.now()));
    }

    /** A token that is known, not revoked and not expired. */
    Optional<Token> find(String value) {
        return Optional.ofNullable(tokens.get(value))
                .filter(token -> token.expires().isAfter(world.now()));
    }

    /** The token of a request that has come past the door. */
    Token of(Request request) {
        return request.header("X-Auth-Token")
                .flatMap(this::find)
                .orElseThrow(() -> new IllegalStateException("Only routes with a token ask for it"));
    }

    void revoke(Token token) {
        tokens.remove(token.value());
    }

    /** A deleted credential takes its tokens with it. */
    void revoke(ApplicationCredential credential) {
        tokens.values().removeIf(token -> token.application()
                .filter(made -> made.id().equals(credential.id()))
                .isPresent());
    }

    void revokeAll() {
        tokens.clear();
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
