package calico.preflight.facts.firewall;

import java.util.List;

/**
 * Numbers from one to another, both included: ports, protocols.
 *
 * @param from the first
 * @param to the last
 */
record Span(int from, int to) {

    static Span of(int number) {
        return new Span(number, number);
    }

    /** Is a number of this span, whichever it is, in one of the others? */
    Truth within(List<Span> others) {
        boolean meets = false;
        for (Span other : others) {
            if (other.from <= from && to <= other.to) {
                return Truth.YES;
            }
            meets |= other.from <= to && from <= other.to;
        }
        return meets ? Truth.MAYBE : Truth.NO;
    }
}
