/**
 * Runs procs as jobs of a Kubernetes cluster (batch/v1). What is known of a run is in the cluster, so that another life of
 * the server goes on with it.
 */
package org.latchkey.procs.exec.kubernetes;
