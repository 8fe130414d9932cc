package calico.preflight.facts.capture;

/** Replaces addresses and names. */
public final class Redaction {
    private Redaction() {}

    public static Redaction withRandomKey() {
        return new Redaction();
    }

    public Capture of(Capture c) {
        return c;
    }
}
