/** What the services share: one lock and one clock, shelves of resources, and the settings they are given. */
package io.orrery.sandbox.openstack.model;
