package calico.preflight.facts.firewall;

/** What a rule does with a packet for which it holds. */
sealed interface Action {

    /** Nothing that matters for where the packet goes: counting, logging. */
    record Proceed() implements Action {}

    /** Lets it through this base chain; others are still to come. */
    record Accept() implements Action {}

    /** Drops it, whether the sender is told or not. */
    record Drop() implements Action {}

    /** Ends this chain. */
    record Return() implements Action {}

    /** Goes through another chain, and comes back. */
    record Jump(String chain) implements Action {}

    /** Goes through another chain; where that ends, this one ends too. */
    record Goto(String chain) implements Action {}

    /** Clears the bits of the mask of the packet's mark, then turns those of {@code flip}. */
    record SetMark(long flip, long mask) implements Action {}

    /** Gives it a mark that is not known here, as that of its connection. */
    record LoseMark() implements Action {}

    /** Keeps it from being tracked. */
    record NoTrack() implements Action {}

    /** Something after which it is open where the packet goes: another address, another program, or no word for it here. */
    record NotModelled(String construct) implements Action {}
}
