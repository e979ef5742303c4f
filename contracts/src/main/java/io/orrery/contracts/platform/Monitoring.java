package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What watches the platform; each row may be left out. */
public record Monitoring(
        @Key(
                about = "Namespace of all of it.",
                change = ChangeClass.REBUILD,
                absent = "monitoring",
                pattern = Shape.LABEL,
                shape = Shape.LABEL_WORDS)
        String namespace,

        @Key(
                about = "Prometheus, with the metrics of nodes, pods and Spark.",
                change = ChangeClass.LIVE,
                absent = "true")
        boolean prometheus,

        @Key(about = "Grafana, with Orrery's dashboards.", change = ChangeClass.LIVE, absent = "true")
        boolean grafana,

        @Key(about = "Alertmanager, with Orrery's rules.", change = ChangeClass.LIVE, absent = "true")
        boolean alertmanager,

        @Key(about = "Spark History Server, on the platform's bucket.", change = ChangeClass.LIVE, absent = "true")
        boolean historyServer,

        @Key(about = "Traefik as ingress controller.", change = ChangeClass.LIVE, absent = "true")
        boolean traefik,

        @Key(about = "What tells the costs of pods.", change = ChangeClass.LIVE, absent = "opencost")
        Cost cost,

        @Key(about = "What ships the logs.", change = ChangeClass.LIVE, absent = "filebeat")
        Logs logs,

        @Key(
                about = "PushProx, for the control plane's metrics that listen on loopback only.",
                change = ChangeClass.LIVE,
                absent = "true")
        boolean pushprox,

        @Key(about = "Versions of the charts.", change = ChangeClass.LIVE)
        Versions versions) {

    public enum Cost {
        @JsonProperty("opencost")
        OPENCOST,
        @JsonProperty("kubecost")
        KUBECOST,
        @JsonProperty("none")
        NONE
    }

    public enum Logs {
        @JsonProperty("filebeat")
        FILEBEAT,
        @JsonProperty("none")
        NONE
    }

    /** Chart versions; those of a row that is left out do not matter. */
    public record Versions(
            @Key(
                    about = "kube-prometheus-stack.",
                    change = ChangeClass.LIVE,
                    absent = "88.5.3",
                    pattern = Shape.VERSION,
                    shape = Shape.VERSION_WORDS)
            String prometheusStack,

            @Key(
                    about = "traefik.",
                    change = ChangeClass.LIVE,
                    absent = "41.3.0",
                    pattern = Shape.VERSION,
                    shape = Shape.VERSION_WORDS)
            String traefik,

            @Key(
                    about = "opencost.",
                    change = ChangeClass.LIVE,
                    absent = "2.5.17",
                    pattern = Shape.VERSION,
                    shape = Shape.VERSION_WORDS)
            String opencost,

            @Key(
                    about = "kubecost.",
                    change = ChangeClass.LIVE,
                    absent = "3.2.1",
                    pattern = Shape.VERSION,
                    shape = Shape.VERSION_WORDS)
            String kubecost,

            @Key(
                    about = "filebeat, the program's image.",
                    change = ChangeClass.LIVE,
                    absent = "8.5.1",
                    pattern = Shape.VERSION,
                    shape = Shape.VERSION_WORDS)
            String filebeat) {}
}
