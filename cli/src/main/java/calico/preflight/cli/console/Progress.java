package calico.preflight.cli.console;

/**
 * How far a long run is, on one line of the terminal that is written over and over, and wiped at the end. Where standard
 * output goes elsewhere, nothing is shown.
 */
public final class Progress {

    private static final String WIPE = "\r\u001b[K";

    private final Console console;
    private boolean shown;

    public Progress(Console console) {
        this.console = console;
    }

    /** Shows this in place of what was shown before. */
    public void show(String text) {
        if (console.environment().terminal()) {
            console.err().print(WIPE + Plain.line(text));
            console.err().flush();
            shown = true;
        }
    }

    /** Wipes the line. */
    public void end() {
        if (shown) {
            console.err().print(WIPE);
            console.err().flush();
            shown = false;
        }
    }
}
