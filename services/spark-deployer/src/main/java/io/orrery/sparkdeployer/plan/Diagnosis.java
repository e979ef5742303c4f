package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.orrery.sparkdeployer.model.Kind;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.Names;
import io.orrery.sparkdeployer.model.Observed;
import io.orrery.sparkdeployer.model.Probe.Silent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Why openEO does not answer, read from what the cluster shows of it. */
public final class Diagnosis {

    /** The application has failed, and what is known of it is worth more than what comes after. */
    public static final String DRIVER_FAILED = "DriverFailed";

    private static final String RESTARTING = "Restarting";
    private static final String DRIVER_PENDING = "DriverPending";
    private static final String STARTING = "Starting";

    /** Reasons of a run that has not come to anything yet. */
    static final Set<String> TRYING = Set.of(RESTARTING, DRIVER_PENDING, STARTING);

    private static final int LONGEST_LINE = 400;

    private Diagnosis() {}

    /** The driver that was started from the wanted configuration, if it runs. */
    public static Optional<Pod> wantedDriver(Observed observed, String checksum) {
        return observed.driver()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> checksum.equals(
                        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of())
                                .get(Marks.DIGEST)))
                .filter(pod -> "Running".equals(phase(pod)));
    }

    /** Whether the log of the driver's pod tells more than its state. */
    public static boolean wantsLog(Observed observed) {
        return observed.driver().map(Diagnosis::phase).filter("Failed"::equals).isPresent();
    }

    /**
     * Why there is nobody to ask.
     *
     * @param log the last lines of the driver's log, where {@link #wantsLog}
     */
    public static Silent absent(Observed observed, String checksum, List<String> log) {
        var application = application(observed);
        if (application.isEmpty()) {
            return new Silent("NotThere", "openEO's Spark application is not in the cluster yet");
        }
        var state = state(application.get());
        var error = error(application.get());
        return switch (state) {
            case "" ->
                new Silent("NotTakenUp", "no Spark operator has taken up openEO's application; is one installed?");
            case "SUBMISSION_FAILED" ->
                new Silent(DRIVER_FAILED, "the Spark operator cannot submit openEO's application: " + error);
            case "FAILING", "FAILED", "SUCCEEDING", "COMPLETED" ->
                new Silent(DRIVER_FAILED, "openEO's driver has ended" + because(error, observed, log));
            case "PENDING_RERUN", "INVALIDATING", "RESUMING" ->
                new Silent(RESTARTING, "openEO's application is about to be run again");
            case "SUSPENDING", "SUSPENDED" -> new Silent("Suspended", "somebody has suspended openEO's application");
            default -> pending(observed, checksum, log);
        };
    }

    /** Why it does not answer though its driver runs. */
    public static Silent mute(String what) {
        return new Silent(STARTING, "openEO's driver runs, and " + what);
    }

    private static Silent pending(Observed observed, String checksum, List<String> log) {
        if (observed.driver().isEmpty()) {
            return new Silent(DRIVER_PENDING, "openEO's application is submitted, and its driver has no pod yet");
        }
        var pod = observed.driver().get();
        if ("Failed".equals(phase(pod))) {
            return new Silent(DRIVER_FAILED, "openEO's driver has ended" + because("", observed, log));
        }
        if ("Running".equals(phase(pod)) && wantedDriver(observed, checksum).isEmpty()) {
            return new Silent("Rolling", "the driver that runs has an earlier configuration, and is being replaced");
        }
        return new Silent(DRIVER_PENDING, "the pod of openEO's driver waits: " + waiting(pod));
    }

    private static String because(String error, Observed observed, List<String> log) {
        var exit = observed.driver().stream()
                .flatMap(Diagnosis::containers)
                .map(status -> status.getState().getTerminated())
                .filter(Objects::nonNull)
                .map(Diagnosis::exit)
                .findFirst();
        var reason = error.isEmpty() ? exit.orElse("") : error;
        var said = lastWords(log).map(line -> "; its log ends with: " + line).orElse("");
        return (reason.isEmpty() ? "" : ": " + reason) + said;
    }

    private static String exit(ContainerStateTerminated end) {
        return "exit code " + end.getExitCode() + (end.getReason() == null ? "" : ", " + end.getReason());
    }

    /** The last line that complains, or else the last line. */
    private static Optional<String> lastWords(List<String> log) {
        var lines =
                log.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.reversed().stream()
                .filter(line -> line.contains("ERROR") || line.contains("Error") || line.contains("Exception"))
                .findFirst()
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
    }

    private static String waiting(Pod pod) {
        return Stream.concat(
                        containers(pod)
                                .map(status -> status.getState().getWaiting())
                                .filter(Objects::nonNull)
                                .map(Diagnosis::said),
                        conditions(pod)
                                .filter(condition -> "PodScheduled".equals(condition.getType())
                                        && "False".equals(condition.getStatus()))
                                .map(Diagnosis::said))
                .findFirst()
                .orElse("it is " + phase(pod).toLowerCase(Locale.ROOT));
    }

    private static String said(ContainerStateWaiting waiting) {
        return said(waiting.getReason(), waiting.getMessage());
    }

    private static String said(PodCondition condition) {
        return said(condition.getReason(), condition.getMessage());
    }

    private static String said(String reason, String message) {
        return message == null || message.isEmpty() ? String.valueOf(reason) : reason + ", " + message;
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return pod.getStatus() == null ? Stream.empty() : pod.getStatus().getConditions().stream();
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : pod.getStatus().getContainerStatuses().stream().filter(status -> status.getState() != null);
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
    }

    private static Optional<GenericKubernetesResource> application(Observed observed) {
        return observed.ours().entrySet().stream()
                .filter(entry -> entry.getKey().kind() == Kind.SPARK_APPLICATION
                        && entry.getKey().name().equals(Names.OPENEO))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String state(GenericKubernetesResource application) {
        String state = application.get("status", "applicationState", "state");
        return Objects.requireNonNullElse(state, "");
    }

    private static String error(GenericKubernetesResource application) {
        String error = application.get("status", "applicationState", "errorMessage");
        return Objects.requireNonNullElse(error, "");
    }
}
