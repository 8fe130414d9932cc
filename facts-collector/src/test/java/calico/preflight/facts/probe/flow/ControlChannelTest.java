package calico.preflight.facts.probe.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.probe.flow.Message.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the two ends of a control connection believe each other. */
@Timeout(60)
class ControlChannelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void ends_with_the_same_key_understand_each_other() throws Exception {
        var serve = serve(key("the same key for both"));
        ControlChannel run = ControlChannel.run(connect(), key("the same key for both\n"), PATIENCE);
        ControlChannel other = serve.get();

        run.send(Message.of(Verb.LISTEN, "tcp", 179));
        other.send(Message.of(Verb.LISTENING, "BOUND", ""));

        assertThat(other.receive(PATIENCE)).isEqualTo(Message.of(Verb.LISTEN, "tcp", 179));
        assertThat(run.receive(PATIENCE)).isEqualTo(Message.of(Verb.LISTENING, "BOUND", ""));
    }

    @Test
    void ends_with_different_keys_part_and_the_one_that_serves_shows_no_seal() throws Exception {
        var serve = serve(key("the key of the one end"));

        assertThatThrownBy(() -> ControlChannel.run(connect(), key("the key of the other end"), PATIENCE))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("does not have the same key");
        assertThatThrownBy(serve::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("does not have the same key");
    }

    @Test
    void something_else_that_answers_is_told_from_a_probe() throws Exception {
        CompletableFuture<Void> ssh = CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                socket.getOutputStream()
                        .write("SSH-2.0-OpenSSH_9.2p1 Debian\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThatThrownBy(() -> ControlChannel.run(connect(), key("any key that is long"), PATIENCE))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("no calico-preflight probe serve");
        ssh.get();
    }

    @Test
    void what_was_recorded_of_one_session_opens_no_other() throws Exception {
        ByteArrayOutputStream recorded = new ByteArrayOutputStream();
        ProbeKey key = key("the same key for both");
        var first = serve(key);
        try (Socket relay = connect();
                ServerSocket front = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<ControlChannel> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return ControlChannel.run(new Socket(front.getInetAddress(), front.getLocalPort()), key, PATIENCE);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Socket behind = front.accept();
            pass(
                    relay.getInputStream(),
                    behind.getOutputStream(),
                    ControlChannel.GREETING.length + ControlChannel.NONCE);
            recorded.write(pass(behind.getInputStream(), relay.getOutputStream(), ControlChannel.NONCE + Seal.LENGTH));
            pass(relay.getInputStream(), behind.getOutputStream(), Seal.LENGTH);
            run.get().send(Message.of(Verb.LISTEN, "tcp", 179));
            recorded.write(behind.getInputStream().readNBytes(2 + "LISTEN\ntcp\n179".length() + Seal.LENGTH));
        }
        first.get().close();

        var second = serve(key);
        Socket replay = connect();
        replay.getOutputStream().write(recorded.toByteArray());

        assertThatThrownBy(second::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("does not have the same key");
    }

    @Test
    void a_message_that_was_changed_is_noticed() throws Exception {
        assertThatThrownBy(() -> delivered(bytes -> {
                    bytes[5] ^= 1;
                    return bytes;
                }))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("seal");
    }

    @Test
    void a_message_that_is_sent_again_is_noticed() throws Exception {
        assertThatThrownBy(() -> delivered(bytes -> {
                    byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
                    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
                    return twice;
                }))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("seal");
    }

    @Test
    void a_message_that_is_sent_back_is_noticed() throws Exception {
        var serve = serve(key("the same key for both"));
        Socket socket = connect();
        ControlChannel run = ControlChannel.run(socket, key("the same key for both"), PATIENCE);
        ControlChannel other = serve.get();
        run.send(Message.of(Verb.STOP));
        byte[] bytes = other.socket().getInputStream().readNBytes(2 + "STOP".length() + Seal.LENGTH);

        other.socket().getOutputStream().write(bytes);

        assertThatThrownBy(() -> run.receive(PATIENCE))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("seal");
    }

    @Test
    void a_message_that_ends_early_is_waited_for_only_so_long() throws Exception {
        assertThatThrownBy(() -> delivered(bytes -> Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void a_message_that_claims_to_be_long_is_not_waited_for() throws Exception {
        assertThatThrownBy(() -> delivered(bytes -> new byte[] {(byte) 0xff, (byte) 0xff}))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("too long");
    }

    /** What comes of a message whose bytes are changed on the way; it is read twice. */
    private void delivered(UnaryOperator<byte[]> change) throws Exception {
        var serve = serve(key("the same key for both"));
        try (Socket relay = connect();
                ServerSocket front = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<ControlChannel> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return ControlChannel.run(
                            new Socket(front.getInetAddress(), front.getLocalPort()),
                            key("the same key for both"),
                            PATIENCE);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Socket behind = front.accept();
            pass(
                    relay.getInputStream(),
                    behind.getOutputStream(),
                    ControlChannel.GREETING.length + ControlChannel.NONCE);
            pass(behind.getInputStream(), relay.getOutputStream(), ControlChannel.NONCE + Seal.LENGTH);
            pass(relay.getInputStream(), behind.getOutputStream(), Seal.LENGTH);
            run.get().send(Message.of(Verb.STOP));
            byte[] bytes = behind.getInputStream().readNBytes(2 + "STOP".length() + Seal.LENGTH);
            relay.getOutputStream().write(change.apply(bytes));
            ControlChannel other = serve.get();
            other.receive(SHORT);
            other.receive(SHORT);
        }
    }

    private static byte[] pass(InputStream in, OutputStream out, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        out.write(bytes);
        return bytes;
    }

    private CompletableFuture<ControlChannel> serve(ProbeKey key) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = server.accept();
                try {
                    return ControlChannel.serve(socket, key, PATIENCE);
                } catch (IOException e) {
                    socket.close();
                    throw e;
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e.getMessage(), e);
            }
        });
    }

    private Socket connect() throws IOException {
        return new Socket(server.getInetAddress(), server.getLocalPort());
    }

    private static ProbeKey key(String text) {
        try {
            return ProbeKey.of(text);
        } catch (ProbeException e) {
            throw new AssertionError(e);
        }
    }
}
