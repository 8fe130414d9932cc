package calico.preflight.engine.drl;

/**
 * One word of a rule file, as it stands there.
 *
 * @param line counted from 1
 * @param column counted from 1; a tab is one column
 */
record Token(Kind kind, String text, int line, int column) {

    enum Kind {
        WORD,
        VARIABLE,
        INTEGER,
        STRING,
        SYMBOL,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    boolean isWord(String word) {
        return is(Kind.WORD, word);
    }

    boolean isSymbol(String symbol) {
        return is(Kind.SYMBOL, symbol);
    }

    /** Whether nothing stands between the other and this. */
    boolean touches(Token before) {
        return before.line == line && before.column + before.text.length() == column;
    }

    /** What a string literal says, without its quotes. */
    String unquoted() {
        return text.substring(1, text.length() - 1);
    }

    /** For messages. */
    String shown() {
        if (kind == Kind.END) {
            return "the end of the file";
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return kind == Kind.STRING ? "the text " + shown : "\"" + shown + "\"";
    }
}
