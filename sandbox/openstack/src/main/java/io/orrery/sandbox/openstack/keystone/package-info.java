/** The identity service, version 3. */
package io.orrery.sandbox.openstack.keystone;
