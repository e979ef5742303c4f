package io.orrery.sandbox.openstack.http;

import io.orrery.sandbox.openstack.model.Json;
import java.util.Optional;

/**
 * An error as WebOb writes it: Glance's errors, and everybody's for a path that does not exist. HTML, JSON or plain
 * text by the Accept header; a client that sends none gets plain text.
 */
record ErrorPage(int status, String title, String explanation) {
    /** A content type and a text of it. */
    record Written(String type, String text) {}

    Written write(Optional<String> accept) {
        var accepted = accept.orElse("");
        if (accepted.contains("text/html") || accepted.contains("*/*")) {
            return new Written("text/html; charset=UTF-8", html());
        }
        return accepted.contains("application/json")
                ? new Written("application/json", json())
                : new Written("text/plain; charset=UTF-8", plain());
    }

    private String plain() {
        return "%d %s\n\n%s\n\n   ".formatted(status, title, explanation);
    }

    private String json() {
        return Json.object(
                        "message", explanation + "<br /><br />\n\n\n",
                        "code", status + " " + title,
                        "title", title)
                .toString();
    }

    private String html() {
        var escaped = explanation
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#x27;")
                .replace("\"", "&quot;");
        return """
                <html>
                 <head>
                  <title>%d %s</title>
                 </head>
                 <body>
                  <h1>%d %s</h1>
                  %s<br /><br />



                 </body>
                </html>""".formatted(status, title, status, title, escaped);
    }
}
