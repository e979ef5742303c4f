/** What runs inside of a server, as far as the sandbox lets anything run. */
package io.orrery.sandbox.openstack.machine;
