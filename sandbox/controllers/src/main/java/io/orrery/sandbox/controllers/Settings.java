package io.orrery.sandbox.controllers;

import io.orrery.sandbox.controllers.kubelet.PodAddresses;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * How a cluster's controllers behave. The defaults are small: the point is to see what follows, not to wait.
 *
 * @param nodeGrace      without a lease renewed for this long a node is Unknown (40 s upstream)
 * @param podEviction    so long a pod stays on a lost node if it says nothing about it (300 s upstream)
 * @param loadBalancers  where addresses of Services of type LoadBalancer come from
 * @param schedulerNames whose pods are scheduled; those without a schedulerName are in any case
 */
public record Settings(
        Duration nodeGrace, Duration podEviction, PodAddresses loadBalancers, Set<String> schedulerNames, Clock clock) {

    public Settings {
        schedulerNames = Set.copyOf(schedulerNames);
    }

    public static Settings defaults() {
        return new Settings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                new PodAddresses("127.80.0.0/16"),
                Set.of("default-scheduler"),
                Clock.systemUTC());
    }

    public Settings withNodeGrace(Duration grace) {
        return new Settings(grace, podEviction, loadBalancers, schedulerNames, clock);
    }

    public Settings withPodEviction(Duration time) {
        return new Settings(nodeGrace, time, loadBalancers, schedulerNames, clock);
    }

    public Settings withLoadBalancers(PodAddresses addresses) {
        return new Settings(nodeGrace, podEviction, addresses, schedulerNames, clock);
    }

    public Settings withSchedulerNames(Set<String> names) {
        return new Settings(nodeGrace, podEviction, loadBalancers, names, clock);
    }

    public Settings withClock(Clock other) {
        return new Settings(nodeGrace, podEviction, loadBalancers, schedulerNames, other);
    }
}
