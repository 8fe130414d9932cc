package calico.preflight.catalog.target;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Calico: a minor version such as {@code 3.16}, which stands for its newest patch, or one patch such as
 * {@code 3.16.5}.
 *
 * @param patch {@link #NEWEST_PATCH} for a bare minor version
 */
public record CalicoVersion(int major, int minor, int patch) implements Comparable<CalicoVersion> {

    /** The patch of a bare minor version: later than any number. */
    public static final int NEWEST_PATCH = Integer.MAX_VALUE;

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");
    private static final Comparator<CalicoVersion> ORDER = Comparator.comparingInt(CalicoVersion::major)
            .thenComparingInt(CalicoVersion::minor)
            .thenComparingInt(CalicoVersion::patch);

    /** Reads {@code 3.16}, {@code 3.16.5}, {@code v3.16} or {@code v3.16.5}; nothing for any other text. */
    public static Optional<CalicoVersion> parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new CalicoVersion(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                form.group(3) == null ? NEWEST_PATCH : Integer.parseInt(form.group(3))));
    }

    /** The minor version that this one belongs to. */
    public CalicoVersion minorVersion() {
        return new CalicoVersion(major, minor, NEWEST_PATCH);
    }

    /** Whether the other is of the same minor version. */
    public boolean isOfMinor(CalicoVersion other) {
        return major == other.major && minor == other.minor;
    }

    @Override
    public int compareTo(CalicoVersion other) {
        return ORDER.compare(this, other);
    }

    /** {@code 3.16} or {@code 3.16.5}. */
    @Override
    public String toString() {
        return major + "." + minor + (patch == NEWEST_PATCH ? "" : "." + patch);
    }
}
