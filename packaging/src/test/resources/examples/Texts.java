package examples;

import java.util.ArrayList;
import java.util.List;

/** Texts joined with values of every type. */
public class Texts {

    private static final String ONE = "\u0001";
    private static final String TWO = "\u0002";

    public static List<String> all() {
        List<String> all = new ArrayList<>();
        boolean bool = true;
        char letter = 'x';
        byte small = -3;
        short shorter = -300;
        int number = 42;
        long big = 1L << 40;
        float fraction = 1.5f;
        double precise = -0.0;
        Object nothing = null;
        String nil = null;
        char[] letters = {'a', 'b'};
        StringBuilder builder = new StringBuilder("builder");
        all.add("" + bool + letter + small + shorter + number + big + fraction + precise);
        all.add("a " + bool + " b " + letter + " c " + small + " d " + shorter + " e " + number);
        all.add(big + " f " + fraction + " g " + precise + Double.NaN + Float.MIN_VALUE);
        all.add("h " + nothing + " i " + nil + " j " + builder);
        all.add(("k " + letters).replaceAll("@.*", "@"));
        all.add(ONE + number + TWO + letter + "\u0001 and \u0002" + nil);
        all.add(number + ONE + ONE + TWO + big);
        all.add("null: " + new SaysNull());
        String growing = "x";
        growing += number;
        growing += letter;
        growing += 'y' + big;
        all.add(growing);
        all.add(new Inside() {}.text(7));
        all.add(many(1, 2L, 3.0, "4"));
        all.add(complaint());
        return all;
    }

    private static String many(int a, long b, double c, String d) {
        return a + d + b + d + c + d + a + d + b + d + c + d + a + d + b + d + c + d + a + d + b + d + c + d + a + b + c;
    }

    private static String complaint() {
        try {
            return "never" + new Complains();
        } catch (IllegalStateException e) {
            return e.getMessage() + " " + lineIn(e, "Texts.java");
        }
    }

    private static int lineIn(Exception e, String file) {
        for (StackTraceElement element : e.getStackTrace()) {
            if (file.equals(element.getFileName()) && element.getClassName().equals("examples.Texts")) {
                return element.getLineNumber();
            }
        }
        return -1;
    }

    private interface Inside {
        default String text(int number) {
            return "inside " + number + " an interface";
        }
    }

    private static class SaysNull {
        @Override
        public String toString() {
            return null;
        }
    }

    private static class Complains {
        @Override
        public String toString() {
            throw new IllegalStateException("complaint");
        }
    }
}
