package calico.preflight.facts.firewall;

/**
 * The mark that the kernel keeps with a packet, as far as it is known.
 *
 * @param value the bits; those that are not known are 0
 * @param known which bits are known
 */
record PacketMark(long value, long known) {

    private static final long ALL = 0xffffffffL;

    /** Packets that nothing has touched have the mark 0. */
    static final PacketMark NONE = new PacketMark(0, ALL);

    static final PacketMark OPEN = new PacketMark(0, 0);

    /** Are the bits of the mask as wanted? */
    Truth is(long wanted, long mask) {
        if (((value ^ wanted) & mask & known) != 0 || (wanted & ~mask & ALL) != 0) {
            return Truth.NO;
        }
        return (mask & known) == (mask & ALL) ? Truth.YES : Truth.MAYBE;
    }

    /** Clears the bits of the mask, then turns those of the other number ({@code --set-xmark} of iptables-extensions(8)). */
    PacketMark changed(long flip, long mask) {
        long kept = (known | mask) & ALL;
        return new PacketMark(((value & ~mask) ^ flip) & kept, kept);
    }
}
