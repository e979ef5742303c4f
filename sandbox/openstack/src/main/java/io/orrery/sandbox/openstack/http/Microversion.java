package io.orrery.sandbox.openstack.http;

import java.util.regex.Pattern;

/** A version such as 2.67; Nova and Cinder behave as of the one that a request names. */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d*)\\.([1-9]\\d*|0)");

    /**
     * The version that a request is to be handled with.
     *
     * @param service the name that stands before the version in the header: {@code compute}
     * @param legacy an older header of the service that holds nothing but the version
     */
    public static Microversion asked(
            Request request, String service, String legacy, Microversion least, Microversion most) {
        var text = request.header("OpenStack-API-Version")
                .filter(header -> header.startsWith(service + " "))
                .map(header -> header.substring(service.length() + 1).strip())
                .or(() -> request.header(legacy))
                .orElse(least.toString());
        if (text.equals("latest")) {
            return most;
        }
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Refusal(
                    400,
                    "API Version String %s is of invalid format. Must be of format MajorNum.MinorNum.".formatted(text));
        }
        var asked = new Microversion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (asked.compareTo(least) < 0 || asked.compareTo(most) > 0) {
            throw new Refusal(
                    406,
                    "Version %s is not supported by the API. Minimum is %s and maximum is %s."
                            .formatted(asked, least, most));
        }
        return asked;
    }

    /** Whether this is at least the minor version given. */
    public boolean since(int first) {
        return minor >= first;
    }

    @Override
    public int compareTo(Microversion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
