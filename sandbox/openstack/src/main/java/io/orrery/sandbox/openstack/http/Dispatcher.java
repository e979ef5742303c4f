package io.orrery.sandbox.openstack.http;

import io.orrery.sandbox.openstack.model.World;
import java.util.List;
import java.util.Optional;

/** Finds the service and route of a request, checks the token, and has it answered. */
public final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final List<Service> services;
    private final Tokens tokens;
    private final World world;
    private final CallLog calls;

    public Dispatcher(List<Service> services, Tokens tokens, World world, CallLog calls) {
        this.services = List.copyOf(services);
        this.tokens = tokens;
        this.world = world;
        this.calls = calls;
    }

    /** An answer, and the template of the path by which it is counted. */
    record Outcome(String template, Answer answer) {}

    Optional<Service> serviceOf(String path) {
        return services.stream()
                .filter(service -> path.equals(service.prefix()) || path.startsWith(service.prefix() + "/"))
                .findFirst();
    }

    Outcome answer(Service service, Request request) {
        var found = service.routes().find(request.verb(), request.path());
        var template = found.match().map(match -> match.route().template()).orElse("(unknown)");
        var answer = world.enter(() -> answer(service, request, found));
        return new Outcome(template, service.seal(request, answer));
    }

    /** The template alone, for calls that are never answered. */
    String template(Service service, Request request) {
        return service.routes()
                .find(request.verb(), request.path())
                .match()
                .map(match -> match.route().template())
                .orElse("(unknown)");
    }

    void count(Service service, Request request, String template, int status) {
        if (service.genuine()) {
            calls.count(new Call(service.type(), request.verb(), template, status));
        }
    }

    private Answer answer(Service service, Request request, Routes.Found found) {
        try {
            boolean open = found.match().map(match -> match.route().open()).orElse(false);
            var caller = request.header("X-Auth-Token").flatMap(tokens::caller);
            if (!open && caller.isEmpty() && service.genuine()) {
                return service.refused(unauthorized(), request.id())
                        .with("WWW-Authenticate", "Keystone uri=\"" + identity(service, request) + "\"");
            }
            if (found.match().isEmpty()) {
                return service.unknown(request, found.pathKnown());
            }
            var match = found.match().get();
            var anonymous = request.on(match.variables());
            var known = caller.map(anonymous::by).orElse(anonymous);
            service.check(known);
            return match.route().handler().handle(known);
        } catch (Refusal refusal) {
            return service.refused(refusal, request.id());
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, request.verb() + " " + request.path() + " failed", bug);
            return service.refused(new Refusal(500, "HTTPInternalServerError", bug.toString()), request.id());
        }
    }

    private static String identity(Service service, Request request) {
        return request.base()
                        .substring(0, request.base().length() - service.prefix().length()) + "/identity/v3";
    }

    static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", "The request you have made requires authentication.");
    }
}
