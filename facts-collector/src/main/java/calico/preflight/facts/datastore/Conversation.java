package calico.preflight.facts.datastore;

import calico.preflight.facts.datastore.Reply.Answer;
import calico.preflight.facts.datastore.Reply.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks one endpoint over HTTP 1.1, one request after the other. Every request has a time limit, the body of every answer a
 * size limit, and the JDK's client limits the header. No proxy is used, no redirection followed, nothing retried elsewhere.
 */
final class Conversation {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Bytes of an answer; the list of the members of the largest clusters is a few kilobytes. */
    private static final int LONGEST = 1 << 20;

    private final Endpoint endpoint;
    private final Clock clock;
    private final TlsWatch watch;
    private final HttpClient client;
    private boolean answeredBefore;

    Conversation(Endpoint endpoint, Trust trust, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.watch = new TlsWatch(endpoint, trust);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT);
        if (endpoint.isTls()) {
            builder.sslContext(watch.context());
        }
        this.client = builder.build();
    }

    /** Makes a TCP connection and closes it again; nothing where that works. */
    Optional<Failure> connect() {
        try {
            InetAddress address = InetAddress.getByName(endpoint.hostToResolve());
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, endpoint.port()), (int) CONNECT.toMillis());
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return notReached("has a host name that cannot be resolved here");
        } catch (SocketTimeoutException e) {
            return notReached("does not take a connection within " + CONNECT.toSeconds()
                    + " s, so that something drops the packets or the host is down");
        } catch (NoRouteToHostException e) {
            return notReached("cannot be reached: " + e.getMessage());
        } catch (ConnectException e) {
            return notReached(
                    String.valueOf(e.getMessage()).contains("refused")
                            ? "refuses the connection, so that nothing listens there or something rejects it"
                            : "cannot be reached: " + e.getMessage());
        } catch (IOException e) {
            return notReached("cannot be reached: " + e.getMessage());
        }
    }

    private static Optional<Failure> notReached(String why) {
        return Optional.of(new Failure(false, "", why));
    }

    /** Asks with GET. */
    Reply get(String path) {
        return ask(HttpRequest.newBuilder(endpoint.at(path)).GET());
    }

    /** Asks with POST and a body of JSON. */
    Reply post(String path, String json) {
        return ask(HttpRequest.newBuilder(endpoint.at(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private Reply ask(HttpRequest.Builder request) {
        Instant before = clock.instant();
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request.timeout(ANSWER).build(), head -> new LimitedBody(LONGEST));
        try {
            HttpResponse<byte[]> response = sent.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            answeredBefore = true;
            return new Answer(
                    response.statusCode(),
                    new String(response.body(), StandardCharsets.UTF_8),
                    response.headers()
                            .firstValue("Date")
                            .map(date -> skew(date, before))
                            .orElse(OptionalLong.empty()));
        } catch (ExecutionException e) {
            return failure(e);
        } catch (TimeoutException e) {
            sent.cancel(true);
            return failure(e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return new Failure(true, "", "was not asked to the end, as the time was up");
        }
    }

    /** The date has whole seconds, and was written some time between question and answer. */
    private OptionalLong skew(String date, Instant before) {
        Instant there;
        try {
            there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
        Instant earliest = before.minusSeconds(1);
        Instant latest = clock.instant();
        if (there.isBefore(earliest)) {
            return OptionalLong.of(Duration.between(there, earliest).toSeconds());
        }
        return OptionalLong.of(Math.max(0, Duration.between(latest, there).toSeconds()));
    }

    private Failure failure(Exception failed) {
        if (watch.problem().isPresent()) {
            TlsProblem problem = watch.problem().get();
            return new Failure(true, problem.word(), problem.why());
        }
        if (has(failed, HttpTimeoutException.class) || has(failed, TimeoutException.class)) {
            return new Failure(
                    true, "", "takes the connection, but does not answer within " + ANSWER.toSeconds() + " s");
        }
        if (has(failed, LimitedBody.TooLongException.class)) {
            return new Failure(true, "", "answers with more than " + LONGEST + " bytes");
        }
        if (endpoint.isTls() && watch.certificateAskedFor() && !answeredBefore) {
            return watch.identified()
                    ? new Failure(true, "certificate-refused", "refuses the client certificate that was shown")
                    : new Failure(true, "certificate-missing", "asks for a client certificate, and none was given");
        }
        Optional<SSLException> tls = find(failed, SSLException.class);
        if (tls.isPresent()) {
            String message = String.valueOf(tls.get().getMessage());
            if (message.contains("Unsupported or unrecognized SSL message")) {
                return new Failure(true, "not-spoken", "does not speak TLS; http:// may be meant");
            }
            return message.contains("terminated the handshake")
                    ? new Failure(true, "not-spoken", "ends the handshake of TLS at once; http:// may be meant")
                    : new Failure(true, "failed", "cannot agree on TLS: " + Words.line(message));
        }
        // The client says by its messages alone whether what came was no HTTP, or nothing came.
        String said = messages(failed);
        if (said.contains("received no bytes") || said.contains("EOF") || said.contains("reset")) {
            return new Failure(
                    true,
                    "",
                    "closes the connection without an answer" + (endpoint.isTls() ? "" : "; https:// may be meant"));
        }
        return new Failure(true, "", "does not answer in HTTP");
    }

    private static String messages(Throwable failed) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }

    private static boolean has(Throwable failed, Class<? extends Throwable> type) {
        return find(failed, type).isPresent();
    }

    private static <T extends Throwable> Optional<T> find(Throwable failed, Class<T> type) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
