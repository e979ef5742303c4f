/** The compute service, version 2.1 with microversions. */
package io.orrery.sandbox.openstack.nova;
