package calico.preflight.facts.parse;

import java.nio.charset.StandardCharsets;

/** Walks over the lines of a text, counted from 1; a line ends at {@code \n} or {@code \r\n}. */
public final class TextLines {

    /** What is done with one line. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes a line without its end. */
        void line(int number, String line);
    }

    private TextLines() {}

    /** Gives every line of the text, in order. */
    public static void of(String text, Visitor visitor) {
        int number = 0;
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            int next = newline < 0 ? text.length() : newline + 1;
            if (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            number++;
            visitor.line(number, text.substring(start, end));
            start = next;
        }
    }

    /** The bytes as text: UTF-8, with a replacement character for whatever is none. */
    public static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The first line without white space around it; empty where there is none. */
    public static String first(String text) {
        int newline = text.indexOf('\n');
        return (newline < 0 ? text : text.substring(0, newline)).strip();
    }
}
