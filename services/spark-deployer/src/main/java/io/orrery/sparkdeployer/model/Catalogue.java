package io.orrery.sparkdeployer.model;

import java.util.List;

/**
 * A layer catalogue that openEO can start with.
 *
 * @param source the document's own, or where it was fetched from
 * @param json the file's text
 * @param ids of its collections
 * @param remarks what openEO puts up with, and a person may want to mend
 */
public record Catalogue(String source, String json, List<String> ids, List<String> remarks) {

    /** The source of a catalogue that stands in the document itself. */
    public static final String INLINE = "inline";

    public Catalogue {
        ids = List.copyOf(ids);
        remarks = List.copyOf(remarks);
    }
}
