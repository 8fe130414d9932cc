package calico.preflight.facts.parse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /proc/version} ({@code linux_proc_banner} in {@code init/version.c}): {@code Linux version RELEASE (builder)
 * (compiler) VERSION}.
 *
 * @param release as {@code uname -r}
 * @param build as {@code uname -v}: from the {@code #} on
 */
public record ProcVersion(String release, Optional<String> build) {

    private static final Pattern BANNER = Pattern.compile("Linux version (\\S{1,200})(?: .*?(#.*))?");

    /** Nothing where the text is no such line. */
    public static Optional<ProcVersion> parse(String text) {
        Matcher banner = BANNER.matcher(TextLines.first(text));
        return banner.lookingAt()
                ? Optional.of(new ProcVersion(banner.group(1), Optional.ofNullable(banner.group(2))))
                : Optional.empty();
    }
}
