package calico.preflight.cli.option;

/** What to do about a version that there are no rules for. */
public final class NearestOption extends OptionGroup {

    private final Flag nearest = flag(
            "--nearest", "where the rules do not know the version: judge by the nearest that they know, and say so");

    /** None is given yet. */
    public NearestOption() {
        super(Section.TARGET);
    }

    /** Take the nearest. */
    public boolean nearest() {
        return nearest.isGiven();
    }
}
