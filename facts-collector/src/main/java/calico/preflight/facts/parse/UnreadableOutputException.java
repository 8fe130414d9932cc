package calico.preflight.facts.parse;

/** What was kept of a command is not the whole of what it prints: it was cut, complains, or is of another form. */
public final class UnreadableOutputException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * One that says why.
     *
     * @param line where it shows, counted from 1; 0 where no single line does
     */
    UnreadableOutputException(String why, int line) {
        super(why);
        this.line = line;
    }

    static UnreadableOutputException notOf(String command, Lines.Line line) {
        String text = line.text().strip();
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return new UnreadableOutputException("this is no line of " + command + ": " + shown, line.number());
    }

    /** The line where it shows, counted from 1; 0 where no single line does. */
    public int line() {
        return line;
    }
}
