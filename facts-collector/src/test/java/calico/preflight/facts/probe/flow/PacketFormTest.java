package calico.preflight.facts.probe.flow;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.probe.flow.Traffic.Protocol;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the packets of a probe look like, and which are taken for one. */
class PacketFormTest {

    private static final Traffic VXLAN = new Traffic(Protocol.UDP, 4789);
    private static final Traffic WIREGUARD = new Traffic(Protocol.UDP, 51820);
    private static final Traffic IPIP = new Traffic(Protocol.IPIP, 0);

    private final PacketForm form = new PacketForm(new Seal(new byte[] {1, 2, 3}));

    @Test
    void a_packet_is_as_long_as_it_is_asked_to_be() throws UnknownHostException {
        InetAddress four = InetAddress.getByName("10.0.0.2");
        InetAddress six = InetAddress.getByName("fd00::2");

        assertThat(form.payload(VXLAN, Side.RUN, packet(1, 1500), four)).hasSize(1500 - 20 - 8);
        assertThat(form.payload(VXLAN, Side.RUN, packet(1, 1500), six)).hasSize(1500 - 40 - 8);
        assertThat(form.payload(IPIP, Side.RUN, packet(1, 1500), four)).hasSize(1500 - 20);
    }

    @Test
    void vxlan_has_a_valid_header_of_a_network_that_nobody_has() throws UnknownHostException {
        byte[] payload = form.payload(VXLAN, Side.RUN, packet(1, 0), InetAddress.getByName("10.0.0.2"));

        assertThat(payload).startsWith(0x08, 0, 0, 0, 0xff, 0xff, 0xfe, 0);
    }

    @Test
    void what_is_inside_ip_in_ip_is_a_whole_ip_packet() throws UnknownHostException {
        byte[] payload = form.payload(IPIP, Side.RUN, packet(1, 0), InetAddress.getByName("10.0.0.2"));
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += ((payload[i] & 0xff) << 8) | (payload[i + 1] & 0xff);
        }

        assertThat(payload[0]).isEqualTo((byte) 0x45);
        assertThat(((payload[2] & 0xff) << 8) | (payload[3] & 0xff)).isEqualTo(payload.length);
        assertThat((sum & 0xffff) + (sum >> 16))
                .as("checksum over a header with its checksum")
                .isEqualTo(0xffff);
    }

    @Test
    void only_the_packet_itself_is_taken_for_it() throws UnknownHostException {
        byte[] payload = form.payload(WIREGUARD, Side.RUN, packet(7, 0), InetAddress.getByName("10.0.0.2"));

        assertThat(form.is(payload, WIREGUARD, Side.RUN, 7)).isTrue();
        assertThat(form.is(payload, WIREGUARD, Side.SERVE, 7)).as("sent back").isFalse();
        assertThat(form.is(payload, WIREGUARD, Side.RUN, 8))
                .as("another number")
                .isFalse();
        assertThat(form.is(payload, new Traffic(Protocol.UDP, 51821), Side.RUN, 7))
                .as("another port")
                .isFalse();
        assertThat(new PacketForm(new Seal(new byte[] {1, 2, 4})).is(payload, WIREGUARD, Side.RUN, 7))
                .as("another session")
                .isFalse();
    }

    @Test
    void changed_and_cut_packets_are_none() throws UnknownHostException {
        Random random = new Random(51820);
        for (Traffic traffic : new Traffic[] {VXLAN, WIREGUARD, IPIP}) {
            byte[] payload = form.payload(traffic, Side.RUN, packet(7, 0), InetAddress.getByName("10.0.0.2"));
            for (int length = 0; length < payload.length; length++) {
                assertThat(form.is(Arrays.copyOf(payload, length), traffic, Side.RUN, 7))
                        .isFalse();
            }
            for (int round = 0; round < 1000; round++) {
                byte[] changed = payload.clone();
                int inside = payload.length - PacketForm.LENGTH + random.nextInt(PacketForm.LENGTH);
                changed[inside] ^= (byte) (1 + random.nextInt(255));
                assertThat(form.is(changed, traffic, Side.RUN, 7)).isFalse();
            }
        }
    }

    private static End.Packet packet(int number, int bytes) {
        return new End.Packet(number, bytes, false, true);
    }
}
