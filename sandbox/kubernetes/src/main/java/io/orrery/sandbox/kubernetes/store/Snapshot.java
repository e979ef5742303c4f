package io.orrery.sandbox.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;

/** All objects of one resource at one revision, by {@code namespace/name}. The trees must not be changed. */
public record Snapshot(long revision, SortedMap<String, ObjectNode> objects) {}
