package calico.preflight.cli.console;

/**
 * How the process ends. Where several apply to a report: {@link #FAILED} before {@link #UNKNOWN} before {@link #WARNED}.
 */
public enum ExitCode {
    /** Nothing failed and nothing required is unknown; there may be warnings. */
    OK(0, "nothing failed and nothing required is unknown (warnings allowed)"),
    /** The program itself is at fault; {@code --debug} shows the trace. */
    INTERNAL_ERROR(1, "an error in the program itself"),
    /** The command line, the source or the rules cannot be used, or there is nothing to check. */
    USAGE(2, "wrong use, unreadable source, invalid pack, nothing to check"),
    /** At least one requirement failed; for {@code packs test}: at least one case. */
    FAILED(3, "at least one FAIL"),
    /** No FAIL, at least one WARN, and {@code --fail-on warn}. */
    WARNED(4, "no FAIL, at least one WARN, and --fail-on warn"),
    /** No FAIL, but something that must be met is UNKNOWN and was not allowed to be. */
    UNKNOWN(5, "no FAIL, but a must is UNKNOWN");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The status that the process ends with. */
    public int code() {
        return code;
    }

    /** What it means, as the help says it. */
    public String meaning() {
        return meaning;
    }
}
