package calico.preflight.facts.probe.flow;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Waits for the packets of one sort of traffic from the other end of a session. */
abstract class Listener implements AutoCloseable {

    private final PayloadTest test;

    Listener(PayloadTest test) {
        this.test = test;
    }

    /** Tells the packets that are waited for from all others. */
    interface PayloadTest {

        /** Is this the packet of this number? */
        boolean isOf(byte[] payload, int number);
    }

    /** Did the packet of this number arrive, or does it within this time? Others that come before it are let go. */
    final boolean arrived(int number, Duration patience) throws IOException {
        ControlChannel.Deadline deadline = ControlChannel.Deadline.in(patience);
        for (OptionalInt left = deadline.left(); left.isPresent(); left = deadline.left()) {
            Optional<byte[]> payload = next(Duration.ofMillis(left.getAsInt()));
            if (payload.filter(bytes -> test.isOf(bytes, number)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** How it listens. */
    abstract Readiness.Mode mode();

    /** What came next, whoever sent it, if anything does within this time. */
    abstract Optional<byte[]> next(Duration patience) throws IOException;

    @Override
    public abstract void close();
}
