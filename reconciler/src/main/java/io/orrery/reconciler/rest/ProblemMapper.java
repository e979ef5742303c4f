package io.orrery.reconciler.rest;

import io.orrery.reconciler.facts.Facts.NotLeaderException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where what went wrong becomes problem+json. */
final class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response problem(ProblemException problem) {
        return answer(problem.status(), problem.title(), problem.getMessage(), problem.extensions());
    }

    @ServerExceptionMapper
    Response notLeader(NotLeaderException e) {
        return Response.fromResponse(answer(
                        503, "No leader", "no replica leads at the moment; try again in a few seconds", Map.of()))
                .header("Retry-After", 2)
                .build();
    }

    @ServerExceptionMapper
    Response ofTheFramework(WebApplicationException e) {
        var response = e.getResponse();
        if (response.hasEntity() || response.getStatus() < 400) {
            return response;
        }
        return answer(response.getStatus(), response.getStatusInfo().getReasonPhrase(), e.getMessage(), Map.of());
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException e) {
        LOG.error("a request failed", e);
        return answer(500, "Internal error", "the log has the cause", Map.of());
    }

    private static Response answer(int status, String title, String detail, Map<String, Object> extensions) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.putAll(extensions);
        return Response.status(status)
                .type("application/problem+json")
                .entity(body)
                .build();
    }
}
