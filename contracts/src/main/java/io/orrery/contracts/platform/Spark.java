package io.orrery.contracts.platform;

import java.net.URI;

/** Spark on Kubernetes. */
public record Spark(
        @Key(about = "The operator.", change = ChangeClass.REBUILD)
        Operator operator,

        @Key(about = "Where Spark applications run.", change = ChangeClass.REBUILD)
        SparkJobs jobs) {

    public record Operator(
            @Key(about = "Its chart, of either generation.", change = ChangeClass.LIVE)
            Chart chart,

            @Key(
                    about = "The operator's namespace.",
                    change = ChangeClass.REBUILD,
                    absent = "spark-operator",
                    pattern = Shape.LABEL,
                    shape = Shape.LABEL_WORDS)
            String namespace) {}

    public record Chart(
            @Key(
                    about = "The chart repository.",
                    change = ChangeClass.LIVE,
                    absent = "https://kubeflow.github.io/spark-operator")
            URI repo,

            @Key(
                    about = "The chart's name.",
                    change = ChangeClass.LIVE,
                    absent = "spark-operator",
                    pattern = Shape.CHART,
                    shape = Shape.CHART_WORDS)
            String name,

            @Key(
                    about = "The chart's version.",
                    change = ChangeClass.LIVE,
                    absent = "2.5.2",
                    pattern = Shape.VERSION,
                    shape = Shape.VERSION_WORDS)
            String version) {}

    public record SparkJobs(
            @Key(
                    about = "Namespace of openEO and its batch jobs.",
                    change = ChangeClass.REBUILD,
                    absent = "spark-jobs",
                    pattern = Shape.LABEL,
                    shape = Shape.LABEL_WORDS)
            String namespace) {}
}
