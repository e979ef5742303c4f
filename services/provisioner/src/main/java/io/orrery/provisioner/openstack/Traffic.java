package io.orrery.provisioner.openstack;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orrery.provisioner.openstack.OpenStackClouds.Manners;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All that goes to one cloud: kept within its budget, kept away from services that are ill, and counted. */
final class Traffic {

    private final String cloud;
    private final Manners manners;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Budget budget;
    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

    Traffic(String cloud, Manners manners, Clock clock, MeterRegistry meters) {
        this.cloud = cloud;
        this.manners = manners;
        this.clock = clock;
        this.meters = meters;
        this.budget = new Budget(manners.inFlight(), manners.perSecond(), manners.patience());
        Gauge.builder("orrery.cloud.in.flight", budget, Budget::inFlight)
                .description("Requests that are under way")
                .tag("cloud", cloud)
                .strongReference(true)
                .register(meters);
    }

    /** @param exchange sends the call, once */
    Reply pass(Call call, Supplier<Reply> exchange) {
        var circuit =
                circuits.computeIfAbsent(call.service() + " at " + call.uri().getAuthority(), this::circuit);
        circuit.check();
        return budget.spend(call, () -> {
            circuit.enter();
            try {
                var reply = exchange.get();
                circuit.answered(call, reply);
                count(call, Integer.toString(reply.status()));
                return reply;
            } catch (CloudException e) {
                circuit.failed(e);
                count(call, e.sort() == Sort.UNREACHABLE ? "unreachable" : "silent");
                throw e;
            }
        });
    }

    private Circuit circuit(String service) {
        var circuit = new Circuit(service + " (cloud " + cloud + ")", manners.rest(), clock);
        Gauge.builder("orrery.cloud.circuit.open", circuit, it -> it.isShut() ? 1 : 0)
                .description("1 while a service is left alone, because it failed again and again or asked for it")
                .tags("cloud", cloud, "service", service)
                .strongReference(true)
                .register(meters);
        return circuit;
    }

    private void count(Call call, String status) {
        meters.counter(
                        "orrery.cloud.calls",
                        "cloud",
                        cloud,
                        "service",
                        call.service(),
                        "verb",
                        call.verb(),
                        "status",
                        status)
                .increment();
    }
}
