package io.orrery.sandbox.controllers.spark;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.TreeMap;

/** status of a SparkApplication. Times are RFC 3339, or null (and written as such) while they have not come. */
@JsonIgnoreProperties(ignoreUnknown = true)
record SparkStatus(
        ApplicationState applicationState,
        String sparkApplicationId,
        String submissionID,
        String lastSubmissionAttemptTime,
        String terminationTime,
        DriverInfo driverInfo,
        Map<String, String> executorState,
        int executionAttempts,
        int submissionAttempts) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ApplicationState(SparkState state, String errorMessage) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record DriverInfo(
            String podName,
            String webUIServiceName,
            String webUIAddress,
            int webUIPort,
            String webUIIngressName,
            String webUIIngressAddress) {}

    static final SparkStatus NEW = new SparkStatus(
            new ApplicationState(SparkState.NEW, ""),
            null,
            null,
            null,
            null,
            new DriverInfo("", null, null, 0, null, null),
            Map.of(),
            0,
            0);

    SparkStatus {
        applicationState = applicationState == null ? new ApplicationState(SparkState.NEW, "") : applicationState;
        driverInfo = driverInfo == null ? new DriverInfo("", null, null, 0, null, null) : driverInfo;
        // Sorted, so that equal states are written alike.
        executorState = executorState == null ? Map.of() : new TreeMap<>(executorState);
    }

    SparkState state() {
        return applicationState.state();
    }

    SparkStatus with(SparkState state, String error) {
        return new SparkStatus(
                new ApplicationState(state, error),
                sparkApplicationId,
                submissionID,
                lastSubmissionAttemptTime,
                terminationTime,
                driverInfo,
                executorState,
                executionAttempts,
                submissionAttempts);
    }

    SparkStatus with(SparkState state) {
        return with(state, applicationState.errorMessage());
    }

    SparkStatus withTermination(String time) {
        return new SparkStatus(
                applicationState,
                sparkApplicationId,
                submissionID,
                lastSubmissionAttemptTime,
                time,
                driverInfo,
                executorState,
                executionAttempts,
                submissionAttempts);
    }

    SparkStatus withSparkId(String id) {
        return new SparkStatus(
                applicationState,
                id,
                submissionID,
                lastSubmissionAttemptTime,
                terminationTime,
                driverInfo,
                executorState,
                executionAttempts,
                submissionAttempts);
    }

    SparkStatus withExecutors(Map<String, String> states) {
        return new SparkStatus(
                applicationState,
                sparkApplicationId,
                submissionID,
                lastSubmissionAttemptTime,
                terminationTime,
                driverInfo,
                states,
                executionAttempts,
                submissionAttempts);
    }

    /** One submission more; only one that succeeded is an execution. */
    SparkStatus submitted(String submission, String now, DriverInfo driver, boolean succeeded, String error) {
        return new SparkStatus(
                new ApplicationState(succeeded ? SparkState.SUBMITTED : SparkState.SUBMISSION_FAILED, error),
                null,
                submission,
                now,
                null,
                driver,
                Map.of(),
                executionAttempts + (succeeded ? 1 : 0),
                submissionAttempts + 1);
    }

    /** As the operator's resetSparkApplicationStatus before another run: a rerun keeps its executions' count, not its submissions'. */
    SparkStatus reset(boolean keepExecutions) {
        return new SparkStatus(
                applicationState,
                null,
                null,
                null,
                null,
                new DriverInfo("", null, null, 0, null, null),
                Map.of(),
                keepExecutions ? executionAttempts : 0,
                0);
    }
}
