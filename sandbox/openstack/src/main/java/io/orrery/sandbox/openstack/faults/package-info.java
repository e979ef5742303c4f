/** What a test may let go wrong, and when. */
package io.orrery.sandbox.openstack.faults;
