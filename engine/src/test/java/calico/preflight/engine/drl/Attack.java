package calico.preflight.engine.drl;

/**
 * A file of rules that does what rules must not do.
 *
 * @param kind what sort of attack it is; there are at least three of each
 * @param name what is special about this one
 * @param deed how one sees that it worked
 * @param drl the text, with {@code MARKER} for the file to create
 */
record Attack(String kind, String name, Deed deed, String drl) {

    enum Deed {
        /** It creates a file. */
        TOUCHES,
        /** It makes a verdict whose outcome is FORGED by something outside the language. */
        FORGES,
        /** It does not end. */
        HANGS,
        /** It compiles, however large it is. */
        COMPILES,
        /** It brings the compiler down. */
        CRASHES
    }

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
