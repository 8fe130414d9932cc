package calico.preflight.engine;

/** What the steps of kernel evidence are called, and what would take a verdict to a better one. */
final class EvidenceLadder {

    private EvidenceLadder() {}

    static String describe(int step) {
        return "Stands on step " + step + " of 6: "
                + switch (step) {
                    case 1 -> "tried for real.";
                    case 2 -> "seen in use now.";
                    case 3 -> "the kernel's own list of what is built in. Seeing it in use would be firmer.";
                    case 4 -> "the module directory of this kernel. Loading it would be firmer.";
                    case 5 ->
                        "the kernel configuration alone. The module directory of this kernel (/lib/modules/RELEASE)"
                                + " would settle it.";
                    default ->
                        "nothing that tells. The kernel configuration (/boot/config-RELEASE, /proc/config.gz) or the"
                                + " module directory (/lib/modules/RELEASE) would settle it.";
                };
    }
}
