/** The block storage service, version 3. */
package io.orrery.sandbox.openstack.cinder;
