/** The image service, version 2. */
package io.orrery.sandbox.openstack.glance;
