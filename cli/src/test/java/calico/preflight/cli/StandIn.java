package calico.preflight.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** A server on a port of this machine that takes every connection and does one thing with it. */
final class StandIn implements AutoCloseable {

    /** What is done with a connection. */
    interface Behaviour {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket server;

    private StandIn(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        Thread thread = new Thread(() -> accept(behaviour), "stand-in");
        thread.setDaemon(true);
        thread.start();
    }

    static StandIn that(Behaviour behaviour) {
        return on(0, behaviour);
    }

    /** Listens on this port; 0: on one that is free. */
    static StandIn on(int port, Behaviour behaviour) {
        try {
            return new StandIn(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Answers requests for these paths.
     *
     * @param date the header {@code Date}; empty: none is sent
     * @param answers by path: three digits of a status, a space, and the body; all other paths have 404
     */
    static StandIn answering(String date, Map<String, String> answers) {
        return that(socket -> {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String request = reader.readLine();
            if (request == null) {
                return;
            }
            String path = request.split(" ", -1)[1];
            int length = 0;
            for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring("content-length:".length()).strip());
                }
            }
            for (int i = 0; i < length; i++) {
                reader.read();
            }
            String answer = answers.getOrDefault(path, "404 not found");
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            String head = "HTTP/1.1 " + answer.substring(0, 3) + " status\r\nConnection: close\r\nContent-Length: "
                    + body.length + "\r\n" + (date.isEmpty() ? "" : "Date: " + date + "\r\n") + "\r\n";
            OutputStream output = socket.getOutputStream();
            output.write(head.getBytes(StandardCharsets.US_ASCII));
            output.write(body);
            output.flush();
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept(Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket, behaviour), "stand-in connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket, Behaviour behaviour) {
        try (socket) {
            behaviour.serve(socket);
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
