/** An OpenStack in memory, on the wire: real clients talk to it over HTTP and cannot tell. */
package io.orrery.sandbox.openstack;
