/**
 * What happens inside of a machine between power-on and being a Kubernetes node: cloud-init and RKE2, as far as the
 * sandbox plays them. It links the emulated OpenStack with the emulated Kubernetes.
 */
package io.orrery.sandbox.boot;
