package io.orrery.jobtracker.registry;

import com.fasterxml.jackson.core.type.TypeReference;
import io.orrery.jobtracker.model.Job;
import io.orrery.reconciler.facts.FactCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A {@link Segment} as bytes: jobs are added one after the other, then the table of contents ends it. */
final class SegmentText {

    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};
    private static final byte[] END_OF_LINE = {'\n'};

    /**
     * Where a job is in it.
     *
     * @param offset in bytes from the beginning
     * @param length in bytes, compressed
     */
    record Line(String id, long offset, int length) {}

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final List<Line> lines = new ArrayList<>();

    void add(Job job) {
        var packed = Gzip.pack(line(JobCodec.write(job)));
        lines.add(new Line(job.id(), text.size(), packed.length));
        text.writeBytes(packed);
    }

    int jobs() {
        return lines.size();
    }

    /** So far, compressed. */
    int bytes() {
        return text.size();
    }

    /** Ends the text with its contents, and says what is to be known of it. */
    Segment end(String backendId, String key) {
        var contents = text.size();
        text.writeBytes(Gzip.pack(line(FactCodec.write(lines))));
        return new Segment(backendId, key, lines.size(), contents, text.size() - contents);
    }

    byte[] toBytes() {
        return text.toByteArray();
    }

    static List<Line> contents(byte[] packed) throws IOException {
        return FactCodec.mapper().build().readValue(Gzip.unpack(packed), LINES);
    }

    static Job job(byte[] packed) throws IOException {
        return JobCodec.read(Gzip.unpack(packed));
    }

    private static byte[] line(byte[] json) {
        var line = new ByteArrayOutputStream(json.length + 1);
        line.writeBytes(json);
        line.writeBytes(END_OF_LINE);
        return line.toByteArray();
    }
}
