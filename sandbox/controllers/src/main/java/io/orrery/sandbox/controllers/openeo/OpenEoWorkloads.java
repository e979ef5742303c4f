package io.orrery.sandbox.controllers.openeo;

import io.orrery.sandbox.controllers.kubelet.Workloads;
import java.time.Duration;

/** The programs of an openEO back-end, by the file that a Spark driver is told to run. */
public final class OpenEoWorkloads {

    private OpenEoWorkloads() {}

    /** With batch jobs of two seconds. */
    public static Workloads standard() {
        return with(Duration.ofSeconds(2));
    }

    public static Workloads with(Duration batchJob) {
        return Workloads.none()
                .withArgument("kube.py", new WebApp())
                .withArgument(BatchJob.PROGRAM, new BatchJob(batchJob));
    }
}
