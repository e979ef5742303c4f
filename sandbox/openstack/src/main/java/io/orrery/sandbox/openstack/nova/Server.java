package io.orrery.sandbox.openstack.nova;

import io.orrery.sandbox.openstack.faults.Fate;
import io.orrery.sandbox.openstack.glance.Image;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** A server, as its record in Nova's database. Changed only within the world's lock. */
final class Server {
    /** Nova's vm_state. */
    enum State {
        BUILDING,
        ACTIVE,
        /** It has another flavor, and waits to be told whether that is to stay. */
        RESIZED,
        STOPPED,
        ERROR,
        DELETED
    }

    /** Why a server is in ERROR. */
    record Fault(int code, String message, String created) {}

    /** One entry of the server's history. */
    record Action(String name, String requestId, String user, String project, Instant start) {}

    private final String id;
    private final ServerWish wish;
    private final Instant created;
    private final Map<String, String> metadata;
    private final NavigableSet<String> tags;
    private final List<String> madePorts = new ArrayList<>();
    private final List<Plug> plugs = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<String> console = new ArrayList<>();
    private String name;
    private String description;
    private Optional<Image> image;
    private Flavor flavor;
    private Flavor former;
    private State state = State.BUILDING;
    private String task = "scheduling";
    private Instant updated;
    private Instant launched;
    private Instant terminated;
    private String host = "";
    private Fault fault;
    private boolean locked;
    private String lockedReason;
    private Fate fate;

    /** A volume in a server. */
    record Plug(String attachment, String volume, String device, boolean deleteOnTermination) {}

    Server(String id, String name, ServerWish wish, Instant created) {
        this.id = id;
        this.name = name;
        this.wish = wish;
        this.created = created;
        this.updated = created;
        this.metadata = new LinkedHashMap<>(wish.metadata());
        this.tags = new TreeSet<>(wish.tags());
        this.description = wish.description();
        this.image = wish.image();
        this.flavor = wish.flavor();
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    ServerWish wish() {
        return wish;
    }

    String project() {
        return wish.caller().projectId();
    }

    Flavor flavor() {
        return flavor;
    }

    Optional<Image> image() {
        return image;
    }

    Optional<String> group() {
        return wish.group().map(ServerGroup::id);
    }

    Map<String, String> metadata() {
        return metadata;
    }

    NavigableSet<String> tags() {
        return tags;
    }

    /** The ports that Nova made for this server and deletes with it. */
    List<String> madePorts() {
        return madePorts;
    }

    List<Plug> plugs() {
        return plugs;
    }

    List<Action> actions() {
        return actions;
    }

    List<String> console() {
        return console;
    }

    State state() {
        return state;
    }

    Optional<String> task() {
        return Optional.ofNullable(task);
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        return updated;
    }

    Optional<Instant> launched() {
        return Optional.ofNullable(launched);
    }

    Optional<Instant> terminated() {
        return Optional.ofNullable(terminated);
    }

    String host() {
        return host;
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    boolean locked() {
        return locked;
    }

    Optional<String> lockedReason() {
        return Optional.ofNullable(lockedReason);
    }

    String description() {
        return description;
    }

    Optional<Fate> fate() {
        return Optional.ofNullable(fate);
    }

    /** What the API calls its status: the state, seen together with what is being done to it. */
    String status() {
        return switch (state) {
            case BUILDING -> "BUILD";
            case STOPPED -> "SHUTOFF";
            case ERROR -> "ERROR";
            case DELETED -> "DELETED";
            case ACTIVE ->
                switch (task().orElse("")) {
                    case "rebooting" -> "REBOOT";
                    case "rebooting_hard" -> "HARD_REBOOT";
                    case "rebuilding" -> "REBUILD";
                    case "resize_prep" -> "RESIZE";
                    default -> "ACTIVE";
                };
            case RESIZED -> task().isPresent() ? "REVERT_RESIZE" : "VERIFY_RESIZE";
        };
    }

    /** libvirt's number: 1 runs, 4 is off, 0 is unknown. */
    int powerState() {
        return switch (state) {
            case ACTIVE, RESIZED -> 1;
            case STOPPED -> 4;
            case BUILDING, ERROR, DELETED -> 0;
        };
    }

    boolean isRunning() {
        return powerState() == 1;
    }

    void rename(String to, Instant now) {
        name = to;
        updated = now;
    }

    void describe(String text) {
        description = text;
    }

    void touch(Instant now) {
        updated = now;
    }

    void task(String doing, Instant now) {
        task = doing;
        updated = now;
    }

    void placed(String on) {
        host = on;
    }

    void fated(Fate to) {
        fate = to;
    }

    void image(Image other) {
        image = Optional.of(other);
    }

    void resize(Flavor to, Instant now) {
        former = flavor;
        flavor = to;
        become(State.RESIZED, now);
    }

    void revert() {
        flavor = former;
    }

    /** Done with whatever was being done. */
    void become(State now, Instant when) {
        state = now;
        task = null;
        updated = when;
        if (now == State.ACTIVE && launched == null) {
            launched = when;
        }
        if (now == State.DELETED) {
            terminated = when;
        }
    }

    void fail(Fault reason, Instant when) {
        fault = reason;
        become(State.ERROR, when);
    }

    void lock(String reason) {
        locked = true;
        lockedReason = reason;
    }

    void unlock() {
        locked = false;
        lockedReason = null;
    }
}
