package calico.preflight.facts.probe.flow;

import java.io.IOException;
import java.time.Duration;

/** One of the two hosts of a probe: this one, or the other one by way of the control connection. */
interface End {

    /** Begins to listen for this traffic from the other end, and for no other any longer. */
    Readiness listen(Traffic traffic) throws IOException;

    /** Sends one packet to the other end. */
    Sending send(Traffic traffic, Packet packet) throws IOException;

    /** Did the packet of this number arrive, or does it within this time? */
    boolean arrived(int number, Duration patience) throws IOException;

    /** Listens no longer. */
    void stop() throws IOException;

    /**
     * A packet that is to be sent.
     *
     * @param number by which it is known again; used once in a session
     * @param bytes the length of the whole IP packet; 0: as short as can be
     * @param whole it must not be cut in pieces on the way
     * @param greet TCP: it says something on the connection, as the other end of it is ours
     */
    record Packet(int number, int bytes, boolean whole, boolean greet) {}
}
