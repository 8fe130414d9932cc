package calico.preflight.facts.datastore;

import java.util.OptionalLong;

/** What came of one request. */
sealed interface Reply {

    /**
     * The endpoint answered in HTTP.
     *
     * @param status of HTTP
     * @param body as text, at most as much as is read
     * @param skew seconds between the clock here and the one in the header {@code Date}, never negative; nothing where there
     *     is no such header
     */
    record Answer(int status, String body, OptionalLong skew) implements Reply {}

    /**
     * It did not.
     *
     * @param reached a TCP connection was made
     * @param tls what is wrong with TLS, as a word for the facts; empty where nothing is known to be
     * @param why what the endpoint does, for the reader: a verb and what follows it
     */
    record Failure(boolean reached, String tls, String why) implements Reply {}
}
