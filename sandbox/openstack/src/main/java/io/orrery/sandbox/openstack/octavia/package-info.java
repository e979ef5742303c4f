/** Load balancers. */
package io.orrery.sandbox.openstack.octavia;
