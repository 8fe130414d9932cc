package calico.preflight.facts.probe.flow;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A control connection between two ends that have proved to each other that they hold the same key.
 *
 * <p>The end that serves greets with a nonce. The one that runs answers with its own nonce and a seal on both, and only then
 * does the first show a seal too. From key and nonces both make the secret of the session. A message is its length (two
 * bytes), its bytes, and a seal on the side that sends it, its number and its bytes: what is changed, left out, sent again or
 * sent back is noticed. Messages are not hidden, as there is nothing secret in them.
 */
final class ControlChannel implements AutoCloseable {

    static final byte[] GREETING = "calico-preflight probe 1\n".getBytes(StandardCharsets.US_ASCII);

    static final int NONCE = 32;

    private static final String PROOF_OF_RUN = "run proves the key";
    private static final String PROOF_OF_SERVE = "serve proves the key";
    private static final String SESSION = "session";
    private static final String MESSAGE = "message";

    private final Socket socket;
    private final Side side;
    private final Seal session;
    private long sent;
    private long received;

    private ControlChannel(Socket socket, Side side, Seal session) {
        this.socket = socket;
        this.side = side;
        this.session = session;
    }

    /**
     * Greets as the end that serves.
     *
     * @param patience how long it may take altogether
     * @throws ProbeException if the other end does not have the key
     */
    static ControlChannel serve(Socket socket, ProbeKey key, Duration patience) throws IOException {
        Deadline deadline = Deadline.in(patience);
        byte[] ours = nonce();
        write(socket, GREETING, ours);
        byte[] theirs = read(socket, NONCE, deadline);
        byte[] proof = read(socket, Seal.LENGTH, deadline);
        if (!Seal.same(proof, key.seal().on(PROOF_OF_RUN, ours, theirs))) {
            throw new ProbeException("it does not have the same key");
        }
        write(socket, key.seal().on(PROOF_OF_SERVE, ours, theirs));
        return new ControlChannel(socket, Side.SERVE, new Seal(key.seal().on(SESSION, ours, theirs)));
    }

    /**
     * Answers as the end that runs.
     *
     * @param patience how long it may take altogether
     * @throws ProbeException if the other end is no probe, or does not have the key
     */
    static ControlChannel run(Socket socket, ProbeKey key, Duration patience) throws IOException {
        Deadline deadline = Deadline.in(patience);
        byte[] greeting = read(socket, GREETING.length, deadline);
        if (!Arrays.equals(greeting, GREETING)) {
            throw new ProbeException("what answers there is no calico-preflight probe serve of this version");
        }
        byte[] theirs = read(socket, NONCE, deadline);
        byte[] ours = nonce();
        write(socket, ours, key.seal().on(PROOF_OF_RUN, theirs, ours));
        byte[] proof;
        try {
            proof = read(socket, Seal.LENGTH, deadline);
        } catch (EOFException e) {
            throw new ProbeException("it hung up, as it does not have the same key");
        }
        if (!Seal.same(proof, key.seal().on(PROOF_OF_SERVE, theirs, ours))) {
            throw new ProbeException("it does not have the same key");
        }
        return new ControlChannel(socket, Side.RUN, new Seal(key.seal().on(SESSION, theirs, ours)));
    }

    Socket socket() {
        return socket;
    }

    Side side() {
        return side;
    }

    /** The secret of this session, from which the packets have their seals. */
    Seal session() {
        return session;
    }

    void send(Message message) throws IOException {
        byte[] bytes = message.bytes();
        byte[] length =
                ByteBuffer.allocate(Short.BYTES).putShort((short) bytes.length).array();
        write(socket, length, bytes, seal(side, sent++, bytes));
    }

    /**
     * What the other end says next.
     *
     * @throws SocketTimeoutException if it says nothing for this long
     * @throws ProbeException if it is no message of this session
     */
    Message receive(Duration patience) throws IOException {
        Deadline deadline = Deadline.in(patience);
        int length = Short.toUnsignedInt(
                ByteBuffer.wrap(read(socket, Short.BYTES, deadline)).getShort());
        if (length > Message.MAX_BYTES) {
            throw new ProbeException("a message of " + length + " bytes, which is too long");
        }
        byte[] bytes = read(socket, length, deadline);
        byte[] seal = read(socket, Seal.LENGTH, deadline);
        if (!Seal.same(seal, seal(side.other(), received++, bytes))) {
            throw new ProbeException("a message whose seal is not that of this session");
        }
        return Message.of(bytes);
    }

    private byte[] seal(Side from, long number, byte[] bytes) {
        return session.on(
                MESSAGE,
                new byte[] {(byte) from.code()},
                ByteBuffer.allocate(Long.BYTES).putLong(number).array(),
                bytes);
    }

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        return nonce;
    }

    private static void write(Socket socket, byte[]... parts) throws IOException {
        ByteBuffer together = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            together.put(part);
        }
        OutputStream out = socket.getOutputStream();
        out.write(together.array());
        out.flush();
    }

    /** Exactly so many bytes, however slowly they come, but not after the deadline. */
    private static byte[] read(Socket socket, int count, Deadline deadline) throws IOException {
        byte[] bytes = new byte[count];
        InputStream in = socket.getInputStream();
        int filled = 0;
        while (filled < count) {
            socket.setSoTimeout(deadline.left()
                    .orElseThrow(() -> new SocketTimeoutException("the other end said nothing in time")));
            int more = in.read(bytes, filled, count - filled);
            if (more < 0) {
                throw new EOFException("the connection was closed");
            }
            filled += more;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A moment after which nobody waits any longer. */
    record Deadline(long nanoTime) {
        static Deadline in(Duration duration) {
            return new Deadline(System.nanoTime() + duration.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - nanoTime >= 0;
        }

        /** The milliseconds left, at least 1; nothing when it is over. */
        OptionalInt left() {
            long left = nanoTime - System.nanoTime();
            return left <= 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(Math.toIntExact(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left))));
        }
    }
}
