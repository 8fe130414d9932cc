package calico.preflight.cli.console;

/** Colours, or none. Colour only adds to a word that says the same. */
public enum Palette {
    /** Text as it is. */
    NONE,
    /** Text with the escape sequences of ECMA-48. */
    COLOURS;

    /** How a text is to look. */
    public enum Style {
        RED("31;1"),
        YELLOW("33"),
        MAGENTA("35"),
        GREEN("32"),
        BOLD("1"),
        FAINT("2");

        private final String parameters;

        Style(String parameters) {
            this.parameters = parameters;
        }
    }

    /** The text in this style. */
    public String paint(Style style, String text) {
        return this == NONE ? text : "\u001b[" + style.parameters + "m" + text + "\u001b[0m";
    }
}
