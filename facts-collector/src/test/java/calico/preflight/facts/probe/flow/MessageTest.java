package calico.preflight.facts.probe.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.probe.flow.Message.Verb;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said over a control connection, and what is not. */
class MessageTest {

    private static final int ROUNDS = 20_000;

    @Test
    void a_message_is_read_as_it_was_written() throws ProbeException {
        Message message = Message.of(Verb.SENDING, "REFUSED", "Connection refused");

        assertThat(Message.of(message.bytes())).isEqualTo(message);
    }

    @Test
    void words_from_the_system_cannot_become_lines_or_grow_long() throws ProbeException {
        Message read = Message.of(Message.of(Verb.SENDING, "CANNOT", "two\nlines " + "x".repeat(5000))
                .bytes());

        assertThat(read.words()).hasSize(2);
        assertThat(read.word(1)).startsWith("two lines").hasSizeLessThan(300);
    }

    @Test
    void numbers_stay_within_their_bounds() throws ProbeException {
        Message message = Message.of(Verb.ARRIVED, "5001", "-1", "99999999999", "1e3");

        assertThat(message.number(0, 5001)).isEqualTo(5001);
        for (int index = 0; index < 5; index++) {
            int at = index;
            assertThatThrownBy(() -> message.number(at, 5000)).isInstanceOf(ProbeException.class);
        }
    }

    @Test
    void any_other_bytes_are_refused_and_nothing_else_happens() {
        Random random = new Random(4789);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes =
                    Message.of(Verb.SEND, "udp", 4789, round, 0, false, true).bytes();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Message message = Message.of(bytes);
                read++;
                Traffic.of(message.word(0), message.number(1, Traffic.MOST_PORTS));
                message.flag(4);
            } catch (ProbeException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void text_that_is_not_utf_8_is_no_message() {
        assertThatThrownBy(() -> Message.of(new byte[] {(byte) 0xc3, 0x28})).isInstanceOf(ProbeException.class);
        assertThatThrownBy(() -> Message.of("STOP\n".repeat(20).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProbeException.class);
    }
}
