package io.orrery.jobtracker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.jobtracker.query.Paging;
import io.orrery.jobtracker.registry.JobCodec;
import io.orrery.jobtracker.registry.RegistryException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The jobs that a search has found, as JSON. An answer that is too large must be refused before its first byte is out,
 * so it is measured first: what fits into {@value #KEPT} bytes is kept for the writing, the rest is written twice and
 * never held.
 */
final class Answer {

    private static final int KEPT = 4 * 1024 * 1024;

    private final String before;
    private final String after;
    private final List<byte[]> kept;
    private final List<ObjectNode> rest;

    private Answer(String before, String after, List<byte[]> kept, List<ObjectNode> rest) {
        this.before = before;
        this.after = after;
        this.kept = kept;
        this.rest = rest;
    }

    /**
     * @param jobs made when they are asked for, and asked for twice
     * @param largest how many bytes they may take
     * @throws RegistryException 400 if they take more
     */
    static Answer array(List<ObjectNode> jobs, long largest) {
        return measured("[", "]", jobs, largest);
    }

    /** The same as one page of many, with the pages before and after it; with neither if it is empty. */
    static Answer page(List<ObjectNode> jobs, Paging paging, long largest) {
        var around = JsonNodeFactory.instance.objectNode();
        if (!jobs.isEmpty()) {
            around.set("previous", number(paging.previous()));
            around.set("next", number(paging.next(jobs.size())));
        }
        var after = "],\"pagination\":" + around + "}";
        return measured("{\"jobs\":[", after, jobs, largest);
    }

    private static JsonNode number(Optional<Paging> page) {
        return page.<JsonNode>map(it -> JsonNodeFactory.instance
                        .objectNode()
                        .put("size", it.size())
                        .put("page", it.page()))
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }

    private static Answer measured(String before, String after, List<ObjectNode> jobs, long largest) {
        var kept = new ArrayList<byte[]>();
        var size = 0L;
        for (var job : jobs) {
            var written = JobCodec.write(job);
            size += written.length + 1;
            if (size > largest) {
                throw RegistryException.badRequest(("the answer would be larger than %d MiB:".formatted(largest >> 20)
                        + " ask for fewer fields (_source), or for pages (/jobs/search/paginated)"));
            }
            if (size <= KEPT) {
                kept.add(written);
            }
        }
        return new Answer(before, after, kept, jobs.subList(kept.size(), jobs.size()));
    }

    void write(OutputStream out) throws IOException {
        out.write(before.getBytes(UTF_8));
        var separator = "";
        for (var job : kept) {
            out.write(separator.getBytes(UTF_8));
            out.write(job);
            separator = ",";
        }
        for (var job : rest) {
            out.write(separator.getBytes(UTF_8));
            out.write(JobCodec.write(job));
            separator = ",";
        }
        out.write(after.getBytes(UTF_8));
    }
}
