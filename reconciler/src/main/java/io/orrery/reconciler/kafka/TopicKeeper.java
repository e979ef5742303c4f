package io.orrery.reconciler.kafka;

import io.orrery.contracts.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that are missing and refuses those whose settings would lose facts: the topics are the store, and
 * one that is not compacted forgets the kubeconfig after a week.
 */
public final class TopicKeeper {

    /** A topic stands with settings that it must not have; a person has to mend it. */
    public static final class WrongTopicException extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongTopicException(List<String> faults) {
            super(String.join("; ", faults));
        }
    }

    private final Admin admin;

    public TopicKeeper(Admin admin) {
        this.admin = admin;
    }

    /**
     * May run in several services at once.
     *
     * @throws WrongTopicException if a topic stands with other settings; tells all faults of all topics
     * @throws ExecutionException if Kafka could not be asked: try again
     */
    public void keep(Collection<Topic> topics) throws ExecutionException, InterruptedException {
        create(topics);
        var names = topics.stream().map(Topic::name).toList();
        var partitions = admin.describeTopics(names).allTopicNames().get();
        var settings = admin.describeConfigs(
                        names.stream().map(TopicKeeper::resource).toList())
                .all()
                .get();
        var faults = topics.stream()
                .flatMap(topic ->
                        faults(topic, partitions.get(topic.name()), settings.get(resource(topic.name()))).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new WrongTopicException(faults);
        }
    }

    private void create(Collection<Topic> topics) throws ExecutionException, InterruptedException {
        var wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(1), Optional.empty()).configs(topic.settings()))
                .toList();
        for (var created : admin.createTopics(wanted).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static List<String> faults(Topic topic, TopicDescription stands, Config settings) {
        var faults = topic.settings().entrySet().stream()
                .filter(wanted -> !satisfies(settings.get(wanted.getKey()), wanted))
                .map(wanted -> "topic %s has %s=%s and must have %s"
                        .formatted(
                                topic,
                                wanted.getKey(),
                                settings.get(wanted.getKey()).value(),
                                wanted.getValue()))
                .collect(Collectors.toList());
        if (stands.partitions().size() != 1) {
            faults.add("topic %s has %d partitions and must have 1"
                    .formatted(topic, stands.partitions().size()));
        }
        return faults;
    }

    /** Sizes and times may be larger than asked for; an operator who keeps more loses nothing. */
    private static boolean satisfies(ConfigEntry stands, Map.Entry<String, String> wanted) {
        if (wanted.getKey().equals("cleanup.policy")) {
            return stands.value().equals(wanted.getValue());
        }
        var value = Long.parseLong(stands.value());
        return value == -1 || value >= Long.parseLong(wanted.getValue());
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
