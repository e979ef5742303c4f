package io.orrery.jobtracker.api;

import io.orrery.jobtracker.query.QueryException;
import io.orrery.jobtracker.registry.JobStore.StoreException;
import io.orrery.jobtracker.registry.RegistryException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors of the registry as the original words them: {@code {"statusCode", "message", "error"}}. */
class RegistryErrors {

    private static final Logger LOG = Logger.getLogger(RegistryErrors.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    @ServerExceptionMapper
    Response refused(RegistryException e) {
        var answer = Response.fromResponse(answer(e.status(), e.message()));
        if (e.status() == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        challenge(e).ifPresent(challenge -> answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge));
        return answer.build();
    }

    /** RFC 6750, section 3: nothing is said of an error to who has not tried to sign in. */
    private static Optional<String> challenge(RegistryException e) {
        return switch (e.status()) {
            case 401 -> Optional.of(e.isAboutToken() ? "Bearer error=\"invalid_token\"" : "Bearer");
            case 403 -> Optional.of("Bearer error=\"insufficient_scope\"");
            default -> Optional.empty();
        };
    }

    @ServerExceptionMapper
    Response notUnderstood(QueryException e) {
        return answer(400, "Could not query jobs: " + e.getMessage());
    }

    @ServerExceptionMapper
    Response storeSilent(StoreException e) {
        LOG.warn(e.getMessage(), e);
        return Response.fromResponse(answer(503, "the store of jobs does not answer; nothing was acknowledged"))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static Response answer(int status, Object message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body(status, message))
                .build();
    }

    static Map<String, Object> body(int status, Object message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("statusCode", status);
        body.put("message", message);
        body.put("error", Response.Status.fromStatusCode(status).getReasonPhrase());
        return body;
    }
}
