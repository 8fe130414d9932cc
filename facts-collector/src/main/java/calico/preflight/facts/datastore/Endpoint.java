package calico.preflight.facts.datastore;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.OptionalInt;

/**
 * Where a datastore listens.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address; an IPv6 address in brackets
 * @param port from 1 to 65535
 */
public record Endpoint(String scheme, String host, int port) {

    private static final String HTTPS = "https";
    /** Characters; a host name has 253 at most (RFC 1035). */
    private static final int LONGEST = 300;

    private static final int LAST_PORT = 65535;

    /**
     * The endpoint that a text names. A text with a user or a password in it is refused, and never repeated.
     *
     * @param usualPort the port where the text names none; nothing: it must name one
     * @throws InvalidAccessException if it is no such endpoint
     */
    public static Endpoint of(String text, OptionalInt usualPort) throws InvalidAccessException {
        if (text.indexOf('@') >= 0) {
            throw new InvalidAccessException(
                    "an endpoint with a user or a password in it is refused, as endpoints stand"
                            + " in reports; give https://HOST:PORT alone.");
        }
        if (text.length() > LONGEST) {
            throw new InvalidAccessException(
                    "an endpoint of " + text.length() + " characters is none; " + LONGEST + " are allowed.");
        }
        String shown = "\"" + text + "\"";
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            String meant = text.matches("[A-Za-z0-9.-]+:[0-9]{1,5}")
                    ? " Did you mean \"https://" + text + "\" or \"http://" + text + "\"?"
                    : "";
            throw new InvalidAccessException(
                    shown + " is no endpoint; http://HOST:PORT and https://HOST:PORT are allowed." + meant);
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidAccessException(shown + " is no address: " + e.getReason() + ".", e);
        }
        if (uri.getHost() == null) {
            throw new InvalidAccessException(
                    shown + " names no host and port; http://HOST:PORT and https://HOST:PORT are allowed.");
        }
        boolean more = !uri.getRawPath().matches("/?") || uri.getRawQuery() != null || uri.getRawFragment() != null;
        if (more) {
            throw new InvalidAccessException(shown + " has something behind the port; an endpoint ends there.");
        }
        int port = uri.getPort();
        if (port == -1 && usualPort.isPresent()) {
            port = usualPort.getAsInt();
        } else if (port == -1) {
            throw new InvalidAccessException(shown + " names no port; that of etcd is usually 2379.");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new InvalidAccessException(
                    shown + " names the port " + port + "; 1 to " + LAST_PORT + " are allowed.");
        }
        return new Endpoint(uri.getScheme(), uri.getHost(), port);
    }

    /** Does it speak TLS? */
    public boolean isTls() {
        return scheme.equals(HTTPS);
    }

    /** The host as the resolver takes it: an IPv6 address without brackets. */
    String hostToResolve() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The address of something that it serves; the path begins with a slash. */
    URI at(String path) {
        return URI.create(this + path);
    }

    /** {@code https://HOST:PORT}. */
    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
