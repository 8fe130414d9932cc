package calico.preflight.facts.parse;

/** Yes, no, or not to be told. */
enum Ternary {
    NO,
    OPEN,
    YES;

    Ternary or(Ternary other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Ternary and(Ternary other) {
        return compareTo(other) <= 0 ? this : other;
    }

    static Ternary of(boolean yes) {
        return yes ? YES : NO;
    }
}
