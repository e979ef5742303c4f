/** The one port: routing, bodies, tokens, refusals, paging, the log of calls. */
package io.orrery.sandbox.openstack.http;
