package calico.preflight.facts.remote;

import calico.preflight.facts.source.UnusableSourceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host as {@code ssh://[user@]host[:port]} names it; the host may be a name of the ssh configuration. Nothing in it can
 * be taken for an option or for the words of a shell.
 *
 * @param user nothing: as the configuration says
 * @param host a name or an address, without brackets
 * @param port nothing: as the configuration says
 */
public record SshAddress(Optional<String> user, String host, Optional<Integer> port) {

    /** How such a name of a source begins. */
    public static final String SCHEME = "ssh://";

    private static final Pattern FORM = Pattern.compile("(?:(?<user>[A-Za-z0-9._][A-Za-z0-9._@\\\\-]{0,127})@)?"
            + "(?:(?<host>[A-Za-z0-9_][A-Za-z0-9._-]{0,254})|\\[(?<address>[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9._-]{1,32})?)])"
            + "(?::(?<port>[0-9]{1,5}))?");

    private static final int LAST_PORT = 65_535;

    /**
     * Reads such a name.
     *
     * @throws UnusableSourceException if it is none
     */
    public static SshAddress parse(String name) throws UnusableSourceException {
        Matcher matcher = FORM.matcher(name.startsWith(SCHEME) ? name.substring(SCHEME.length()) : "");
        if (!matcher.matches()) {
            throw new UnusableSourceException(
                    "is not of the form ssh://[user@]host[:port], in which a host has letters,"
                            + " digits, dots, dashes and underscores and does not begin with a dash; an IPv6 address stands in"
                            + " brackets");
        }
        Optional<Integer> port = Optional.ofNullable(matcher.group("port")).map(Integer::valueOf);
        if (port.filter(number -> number < 1 || number > LAST_PORT).isPresent()) {
            throw new UnusableSourceException("has no port between 1 and " + LAST_PORT);
        }
        String host = Optional.ofNullable(matcher.group("host")).orElseGet(() -> matcher.group("address"));
        return new SshAddress(Optional.ofNullable(matcher.group("user")), host, port);
    }

    @Override
    public String toString() {
        return SCHEME
                + user.map(name -> name + "@").orElse("")
                + (host.contains(":") ? "[" + host + "]" : host)
                + port.map(number -> ":" + number).orElse("");
    }
}
