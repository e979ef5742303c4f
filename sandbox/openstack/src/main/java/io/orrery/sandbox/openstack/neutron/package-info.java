/** The network service, version 2.0. */
package io.orrery.sandbox.openstack.neutron;
