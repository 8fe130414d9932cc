package calico.preflight.cli.console;

import java.util.Locale;

/** Makes text from strangers harmless for a terminal: what would steer it, or hide or reorder text, is spelt out. */
public final class Plain {

    private Plain() {}

    /**
     * The text on one line, with every character that does not just print written as <code>&#92;u001b</code>: control
     * characters, line breaks, bidirectional and invisible formatting, private and unassigned ones, halves of pairs.
     */
    public static String line(String text) {
        if (isPrintableAscii(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (prints(character)) {
                plain.appendCodePoint(character);
            } else if (character <= 0xffff) {
                plain.append(String.format(Locale.ROOT, "\\u%04x", character));
            } else {
                plain.append(String.format(Locale.ROOT, "\\U%08x", character));
            }
        });
        return plain.toString();
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean prints(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
