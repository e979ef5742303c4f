package io.orrery.provisioner.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.core.transport.functions.EndpointURIFromRequestFunction;

/**
 * openstack4j's way to the wire; it finds this by {@link java.util.ServiceLoader}. What is refused is thrown here already,
 * with the request id and the time to wait that openstack4j's own exceptions lose.
 */
public final class Transport implements HttpExecutorService {

    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        var connection = Connection.current();
        var url = new EndpointURIFromRequestFunction().apply(request) + query(request);
        var call = new Call(
                connection.serviceOf(url),
                request.getMethod().name(),
                URI.create(url),
                headers(request),
                json(request));
        return new Answer(connection.authorized(call));
    }

    @Override
    public String getExecutorDisplayName() {
        return "Orrery, on the JDK's HttpClient";
    }

    private static Map<String, String> headers(HttpRequest<?> request) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().startsWith("OpenStack-API-Version")
                        || header.getKey().startsWith("X-OpenStack-Nova"))
                .collect(Collectors.toMap(Map.Entry::getKey, header -> String.valueOf(header.getValue())));
    }

    private static Optional<String> json(HttpRequest<?> request) {
        if (request.hasJson()) {
            return Optional.of(request.getJson());
        }
        return Optional.ofNullable(request.getEntity()).map(Transport::write);
    }

    private static String write(Object entity) {
        try {
            return ObjectMapperSingleton.getContext(entity.getClass()).writer().writeValueAsString(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String query(HttpRequest<?> request) {
        if (!request.hasQueryParams()) {
            return "";
        }
        return request.getQueryParams().entrySet().stream()
                .flatMap(parameter -> parameter.getValue().stream()
                        .map(value -> encoded(parameter.getKey()) + "=" + encoded(String.valueOf(value))))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
