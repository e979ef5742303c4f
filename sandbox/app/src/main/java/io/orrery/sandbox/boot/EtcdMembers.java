package io.orrery.sandbox.boot;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which servers are members of a cluster's etcd, and which of those run: without a majority there is no API. */
final class EtcdMembers {
    private final Map<String, String> machineByNode = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    /** A server that joins again is the member that it was. */
    synchronized void join(String node, String machine) {
        machineByNode.put(node, machine);
        running.add(machine);
    }

    synchronized void stopped(String machine) {
        running.remove(machine);
    }

    synchronized boolean isMember(String node) {
        return machineByNode.containsKey(node);
    }

    /** Takes a member out, unless the rest could not work then; says whether it is out. */
    synchronized boolean remove(String node) {
        if (!machineByNode.containsKey(node)) {
            return true;
        }
        var rest = new HashMap<>(machineByNode);
        rest.remove(node);
        if (!isMajority(rest)) {
            return false;
        }
        machineByNode.remove(node);
        return true;
    }

    synchronized boolean hasQuorum() {
        return isMajority(machineByNode);
    }

    private boolean isMajority(Map<String, String> members) {
        var alive = members.values().stream().filter(running::contains).count();
        return alive > members.size() / 2;
    }
}
