package io.orrery.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.kubernetes.auth.ServiceAccountTokens;
import io.orrery.sandbox.kubernetes.auth.User;
import io.orrery.sandbox.kubernetes.model.ApiError;
import io.orrery.sandbox.kubernetes.model.ResourcePath;
import io.orrery.sandbox.kubernetes.registry.Served;

/** Questions that are answered and forgotten. Access reviews say yes to everything, for RBAC is not enforced here. */
final class Reviews {
    private final ServiceAccountTokens tokens;

    Reviews(ServiceAccountTokens tokens) {
        this.tokens = tokens;
    }

    Answer answer(Exchange exchange, ResourcePath path, Served served) {
        if (!exchange.method().name().equals("POST") || !path.isCollection()) {
            throw ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
        }
        var review = Bodies.ofKind(served, exchange.object());
        review.put("kind", served.type().kind()).put("apiVersion", served.type().apiVersion());
        var token = review.path("spec").path("token").asText("");
        var status = review.putObject("status");
        switch (served.type().kind()) {
            case "SelfSubjectReview" -> user(status.putObject("userInfo"), exchange.user());
            case "TokenReview" -> authenticated(status, token);
            case "SelfSubjectAccessReview", "SubjectAccessReview" ->
                status.put("allowed", true).put("reason", "RBAC is not enforced by this server");
            default -> throw ApiError.notImplemented(served.type().kind() + " is not answered here");
        }
        return Answer.json(201, review);
    }

    private void authenticated(ObjectNode status, String token) {
        tokens.verify(token)
                .ifPresentOrElse(
                        user -> {
                            status.put("authenticated", true);
                            user(status.putObject("user"), user);
                            status.putArray("audiences").add(ServiceAccountTokens.ISSUER);
                        },
                        () -> status.put("authenticated", false).put("error", "invalid bearer token"));
    }

    private static void user(ObjectNode node, User user) {
        node.put("username", user.name());
        if (!user.uid().isEmpty()) {
            node.put("uid", user.uid());
        }
        var groups = node.putArray("groups");
        user.groups().forEach(groups::add);
    }
}
