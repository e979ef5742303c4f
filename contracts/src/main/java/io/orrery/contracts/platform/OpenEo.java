package io.orrery.contracts.platform;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The openEO service: the web application, which is a Spark application of its own. */
public record OpenEo(
        @Key(
                about = "Container image of openEO's driver and executors.",
                change = ChangeClass.LIVE,
                absent = "eoepca/openeo-geotrellis-kube:2.0-beta2",
                pattern = Shape.IMAGE,
                shape = Shape.IMAGE_WORDS)
        String image,

        @Key(
                about = "Host name that the service answers at.",
                change = ChangeClass.LIVE,
                pattern = Shape.HOST,
                shape = Shape.HOST_WORDS)
        String host,

        @Key(about = "What is run of the image.", change = ChangeClass.LIVE)
        Application application,

        @Key(about = "The driver's pod.", change = ChangeClass.LIVE)
        Driver driver,

        @Key(about = "The executors' pods.", change = ChangeClass.LIVE)
        Executors executors,

        @Key(about = "The layer catalogue: what collections the service offers.", change = ChangeClass.LIVE)
        LayerCatalogue collections,

        @Key(
                about = "Environment of driver and executors. No secrets: those are named under secrets.",
                change = ChangeClass.LIVE,
                pattern = Shape.ENV,
                shape = Shape.ENV_WORDS,
                max = 256)
        Map<String, String> env,

        @Key(
                about = "Names of mounted credentials, whose entries become environment variables.",
                change = ChangeClass.LIVE,
                pattern = Shape.MOUNTED,
                shape = Shape.MOUNTED_WORDS,
                max = 16)
        List<String> secrets,

        @Key(about = "How the service is reached from outside.", change = ChangeClass.LIVE)
        Ingress ingress) {

    public OpenEo {
        env = Ordered.copyOf(env);
        secrets = List.copyOf(secrets);
    }

    /** What is run of the image; it depends on how the image was built. */
    public record Application(
            @Key(
                    about = "The web application's file.",
                    change = ChangeClass.LIVE,
                    absent = "local:///opt/openeo/lib64/python3.8/site-packages/openeogeotrellis/deploy/kube.py")
            URI file,

            @Key(
                    about = "Further jars.",
                    change = ChangeClass.LIVE,
                    absent = {
                        "local:///opt/geotrellis-extensions-static.jar",
                        "local:///opt/geotrellis-dependencies-static.jar"
                    },
                    max = 64)
            List<URI> jars,

            @Key(
                    about = "Version of the Spark in the image.",
                    change = ChangeClass.LIVE,
                    absent = "3.2.0",
                    pattern = Shape.VERSION,
                    shape = Shape.VERSION_WORDS)
            String sparkVersion) {

        public Application {
            jars = List.copyOf(jars);
        }
    }

    public record Driver(
            @Key(about = "Cores of the driver.", change = ChangeClass.LIVE, absent = "1", min = 1, max = 256)
            int cores,

            @Key(about = "Heap of the driver, such as 4g.", change = ChangeClass.LIVE, absent = "4g")
            Memory memory) {}

    public record Executors(
            @Key(about = "How many executors.", change = ChangeClass.LIVE, absent = "2", min = 1, max = 1000)
            int instances,

            @Key(about = "Cores of each.", change = ChangeClass.LIVE, absent = "1", min = 1, max = 256)
            int cores,

            @Key(about = "Heap of each, such as 4g.", change = ChangeClass.LIVE, absent = "4g")
            Memory memory) {}

    public record Ingress(
            @Key(
                    about = "Ingress class.",
                    change = ChangeClass.LIVE,
                    absent = "traefik",
                    pattern = Shape.HOST,
                    shape = "the name of an ingress class")
            String className,

            @Key(
                    about = "Name of the mounted TLS certificate; without it the service answers on HTTP.",
                    change = ChangeClass.LIVE,
                    pattern = Shape.MOUNTED,
                    shape = Shape.MOUNTED_WORDS)
            Optional<String> tls) {}
}
