package io.orrery.sandbox.openstack;

import io.orrery.sandbox.openstack.keystone.Account;
import io.orrery.sandbox.openstack.machine.Firmware;
import io.orrery.sandbox.openstack.model.Quotas;
import io.orrery.sandbox.openstack.model.Timings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the emulated cloud is to be.
 *
 * @param port 0 for any that is free
 * @param tokenLife how long a token is good
 * @param floatingRange the external network; a loopback range, so that what listens there can be reached
 * @param hosts hypervisors, and so the most members of an anti-affinity group
 * @param s3 the object store that the catalogue names; there is none in here
 */
public record OpenStackSettings(
        String address,
        int port,
        String region,
        List<Account> accounts,
        Timings timings,
        Duration tokenLife,
        String floatingRange,
        Quotas quotas,
        int hosts,
        Optional<URI> s3,
        Firmware firmware,
        Clock clock) {

    public OpenStackSettings {
        accounts = List.copyOf(accounts);
    }

    /** A quick cloud on a free loopback port, with one member project. */
    public static OpenStackSettings defaults() {
        return new OpenStackSettings(
                "127.0.0.1",
                0,
                "RegionOne",
                List.of(Account.openeo(), Account.admin()),
                Timings.quick(),
                Duration.ofHours(24),
                "127.64.0.0/16",
                Quotas.usual(),
                8,
                Optional.empty(),
                Firmware.none(),
                Clock.systemUTC());
    }

    public OpenStackSettings withPort(int other) {
        return new OpenStackSettings(
                address,
                other,
                region,
                accounts,
                timings,
                tokenLife,
                floatingRange,
                quotas,
                hosts,
                s3,
                firmware,
                clock);
    }

    public OpenStackSettings withAddress(String other) {
        return new OpenStackSettings(
                other, port, region, accounts, timings, tokenLife, floatingRange, quotas, hosts, s3, firmware, clock);
    }

    public OpenStackSettings withAccounts(List<Account> other) {
        return new OpenStackSettings(
                address, port, region, other, timings, tokenLife, floatingRange, quotas, hosts, s3, firmware, clock);
    }

    public OpenStackSettings withTimings(Timings other) {
        return new OpenStackSettings(
                address, port, region, accounts, other, tokenLife, floatingRange, quotas, hosts, s3, firmware, clock);
    }

    public OpenStackSettings withTokenLife(Duration other) {
        return new OpenStackSettings(
                address, port, region, accounts, timings, other, floatingRange, quotas, hosts, s3, firmware, clock);
    }

    public OpenStackSettings withFloatingRange(String other) {
        return new OpenStackSettings(
                address, port, region, accounts, timings, tokenLife, other, quotas, hosts, s3, firmware, clock);
    }

    public OpenStackSettings withQuotas(Quotas other) {
        return new OpenStackSettings(
                address, port, region, accounts, timings, tokenLife, floatingRange, other, hosts, s3, firmware, clock);
    }

    public OpenStackSettings withHosts(int other) {
        return new OpenStackSettings(
                address, port, region, accounts, timings, tokenLife, floatingRange, quotas, other, s3, firmware, clock);
    }

    public OpenStackSettings withS3(URI other) {
        return new OpenStackSettings(
                address,
                port,
                region,
                accounts,
                timings,
                tokenLife,
                floatingRange,
                quotas,
                hosts,
                Optional.of(other),
                firmware,
                clock);
    }

    public OpenStackSettings withFirmware(Firmware other) {
        return new OpenStackSettings(
                address, port, region, accounts, timings, tokenLife, floatingRange, quotas, hosts, s3, other, clock);
    }

    public OpenStackSettings withClock(Clock other) {
        return new OpenStackSettings(
                address, port, region, accounts, timings, tokenLife, floatingRange, quotas, hosts, s3, firmware, other);
    }
}
