package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Flow.Way;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the kernel hands packets to a chain.
 *
 * @param point the place on the way of a packet
 * @param priority of several chains at a place the one with the lowest comes first
 * @param nat the chain sees only the first packet of a connection
 * @param sure packets between hosts surely come by; otherwise they may (bridges, single devices)
 */
record Hook(Point point, int priority, boolean nat, boolean sure) {

    /** Priority of connection tracking (NF_IP_PRI_CONNTRACK in netfilter_ipv4.h): before it nothing is known of a packet. */
    static final int CONNTRACK = -200;

    /** Places on the way of a packet, in order. */
    enum Point {
        INGRESS,
        PREROUTING,
        INPUT,
        OUTPUT,
        POSTROUTING,
        EGRESS;

        static Optional<Point> named(String name) {
            for (Point point : values()) {
                if (point.name().equals(name.toUpperCase(Locale.ROOT))) {
                    return Optional.of(point);
                }
            }
            return Optional.empty();
        }

        /** The places that a packet between this host and another comes by. */
        static List<Point> of(Way way) {
            return way == Way.IN ? List.of(INGRESS, PREROUTING, INPUT) : List.of(OUTPUT, POSTROUTING, EGRESS);
        }
    }

    /** Is it before the place where packets are looked up in the table of connections? */
    Truth beforeTracking() {
        if (point == Point.INGRESS) {
            return Truth.YES;
        }
        if (point == Point.PREROUTING || point == Point.OUTPUT) {
            return priority == CONNTRACK ? Truth.MAYBE : Truth.of(priority < CONNTRACK);
        }
        return Truth.NO;
    }
}
