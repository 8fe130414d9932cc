package calico.preflight.facts.probe.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Waiting for one packet among others ends with an answer, whenever the time is up. */
class ListenerTest {

    /** Gives these packets at once, and then nothing. */
    private static final class Given extends Listener {
        private final Iterator<Integer> packets;

        Given(List<Integer> packets) {
            super((payload, number) -> payload[0] == number);
            this.packets = packets.iterator();
        }

        @Override
        Readiness.Mode mode() {
            return Readiness.Mode.BOUND;
        }

        @Override
        Optional<byte[]> next(Duration patience) {
            return packets.hasNext() ? Optional.of(new byte[] {packets.next().byteValue()}) : Optional.empty();
        }

        @Override
        public void close() {}
    }

    @Test
    void a_packet_arrives_behind_others() throws IOException {
        Listener listener = new Given(List.of(1, 2, 3));

        assertThat(listener.arrived(2, Duration.ofSeconds(5))).isTrue();
        assertThat(listener.arrived(1, Duration.ofMillis(10)))
                .as("let go before")
                .isFalse();
    }

    @Test
    void that_nothing_came_in_time_is_an_answer_at_each_moment() throws IOException {
        Listener listener = new Given(List.of());
        for (int round = 0; round < 200; round++) {
            assertThat(listener.arrived(1, Duration.ofNanos(200_000 + round))).isFalse();
        }
    }
}
