package calico.preflight.engine;

import calico.preflight.engine.report.Outcome;

/** Says on which step of the ladder of kernel evidence a verdict stands, and what would take it to a better one. */
final class EvidenceLadder {

    private EvidenceLadder() {}

    /**
     * One or two sentences for the reader.
     *
     * @param step 1 (tried for real) to 5 (only configured); more: nothing was seen
     */
    static String describe(int step, Outcome outcome) {
        String stands = "Stands on step " + step + " of 5: ";
        return switch (step) {
            case 1 -> stands + "it was tried for real.";
            case 2 -> stands + "it was seen in use.";
            case 3 -> stands + "what the kernel was built with" + raisedBy(outcome, "seeing it in use");
            case 4 -> stands + "what is on disk for this kernel" + raisedBy(outcome, "seeing it in use");
            case 5 ->
                stands + "what the kernel was configured with. The module directory of this kernel"
                        + " (/lib/modules/RELEASE) would settle it.";
            default ->
                "Stands on no evidence. The kernel configuration (/boot/config-RELEASE, /proc/config.gz) or the module"
                        + " directory (/lib/modules/RELEASE) would settle it.";
        };
    }

    private static String raisedBy(Outcome outcome, String evidence) {
        return outcome == Outcome.FAIL ? "." : "; " + evidence + " would be firmer.";
    }
}
