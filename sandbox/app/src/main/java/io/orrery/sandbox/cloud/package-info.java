/** A genuine OpenStack in place of the emulated one: its servers are watched, and what would run on them is emulated here. */
package io.orrery.sandbox.cloud;
