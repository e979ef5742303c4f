package io.orrery.sandbox.openstack.machine;

/** What a machine's flavor gives it; memory in MiB, disk in GiB. */
public record Hardware(String flavor, int vcpus, int ram, int disk) {}
