package calico.preflight.facts.probe.flow;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** One end of packets of IP protocol 4, for tests of other packages. */
public final class IpipEnd implements AutoCloseable {

    private static final int HEADER_WORDS = 0x0f;

    private final NativeSocket socket;

    private IpipEnd(NativeSocket socket) {
        this.socket = socket;
    }

    /** Between these two addresses of IPv4. */
    public static IpipEnd between(String here, String there) throws IOException {
        try {
            return new IpipEnd(NativeSocket.raw(
                    NativeSocket.PROTOCOL_IPIP, InetAddress.getByName(here), InetAddress.getByName(there)));
        } catch (NativeException e) {
            throw new IOException(e);
        }
    }

    /** Sends a packet; whether a rule of this host drops it shows at the other end. */
    public void send(byte[] payload) {
        try {
            socket.send(payload);
        } catch (NativeException e) {
            // A rule for outgoing packets refused it.
        }
    }

    /** The payload of the next packet that comes in time. */
    public Optional<byte[]> receive(Duration patience) {
        return socket.receive(patience).map(packet -> {
            int header = (packet[0] & HEADER_WORDS) * Integer.BYTES;
            return java.util.Arrays.copyOfRange(packet, header, packet.length);
        });
    }

    @Override
    public void close() {
        socket.close();
    }
}
