package calico.preflight.cli.render;

import calico.preflight.cli.console.Palette.Style;
import calico.preflight.engine.report.Outcome;

/** How outcomes are written: a symbol, a word and a colour, of which the word is enough. */
final class OutcomeStyle {

    private OutcomeStyle() {}

    /** The word. */
    static String word(Outcome outcome) {
        return outcome == Outcome.NOT_APPLICABLE ? "NOT APPLICABLE" : outcome.name();
    }

    /** The symbol, of one column. */
    static String symbol(Outcome outcome, boolean unicode) {
        return switch (outcome) {
            case PASS -> unicode ? "✓" : "+";
            case WARN -> "!";
            case FAIL -> unicode ? "✗" : "x";
            case UNKNOWN -> "?";
            case NOT_APPLICABLE -> "-";
        };
    }

    /** The colour. */
    static Style style(Outcome outcome) {
        return switch (outcome) {
            case PASS -> Style.GREEN;
            case WARN -> Style.YELLOW;
            case FAIL -> Style.RED;
            case UNKNOWN -> Style.MAGENTA;
            case NOT_APPLICABLE -> Style.FAINT;
        };
    }
}
