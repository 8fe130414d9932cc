package calico.preflight.facts.probe.flow;

import java.util.OptionalInt;

/**
 * The longest packets that pass between this host and a peer without being cut in pieces.
 *
 * @param peer the address of the peer
 * @param carrier the traffic that the packets were of
 * @param device the interface of this host that leads to the peer
 * @param deviceMtu its MTU in bytes, beyond which nothing was tried
 * @param out bytes of the longest IP packet that arrived there; nothing: it was not found out
 * @param in bytes of the longest that arrived here; nothing: it was not found out
 * @param detail why it was not found out; otherwise empty
 */
public record PathMtu(
        String peer, String carrier, String device, int deviceMtu, OptionalInt out, OptionalInt in, String detail) {}
