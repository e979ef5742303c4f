package io.orrery.sandbox.controllers.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * What a container finds when it starts.
 *
 * @param podIp the address that its servers bind
 * @param env   with everything resolved that came from ConfigMaps, Secrets and fields
 */
public record PodContext(
        Pod pod,
        Container container,
        String podIp,
        Map<String, String> env,
        PodFiles files,
        ContainerLog log,
        Clock clock,
        ScheduledExecutorService timers) {

    public PodContext {
        env = Map.copyOf(env);
    }

    /** Command and arguments, in one row. */
    public List<String> words() {
        return Stream.concat(container.getCommand().stream(), container.getArgs().stream())
                .toList();
    }

    /** The arguments that follow the first word with this ending. */
    public List<String> argumentsAfter(String ending) {
        return words().stream()
                .dropWhile(word -> !word.endsWith(ending))
                .skip(1)
                .toList();
    }

    /** The bytes of a file as the container sees it; throws FileNotFoundException where nothing of that path is mounted. */
    public byte[] read(String path) throws IOException {
        return files.read(container, path);
    }
}
