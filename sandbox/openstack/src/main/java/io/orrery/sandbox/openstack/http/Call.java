package io.orrery.sandbox.openstack.http;

/**
 * A kind of call as it is counted.
 *
 * @param path the route's template, so that calls on different resources count together
 * @param status as the client saw it; 0 where it saw none
 */
public record Call(String service, String verb, String path, int status) {}
