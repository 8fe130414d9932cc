package calico.preflight.engine.drl.words;

/** Something noted on the way; rules feed each other with these. */
public record Remark(String text, int number) {

    /** Ends a run that was given up: its thread would keep a processor busy until the end of the tests. */
    @Override
    public int number() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted");
        }
        return number;
    }
}
