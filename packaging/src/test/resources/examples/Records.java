package examples;

import java.util.ArrayList;
import java.util.List;

/** Records with components of every type. */
public class Records {

    private record Empty() {}

    private record Every(
            boolean bool, char letter, byte small, short shorter, int number, long big, float fraction, double precise,
            String text, Object thing, int[] numbers, List<String> texts) {}

    private record Decimal(float fraction, double precise) {}

    private record Generic<T extends Comparable<T>>(T least, Generic<T> next) {}

    private record Own(String text, int number) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Own own && own.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    private record Letters(char[] letters) {}

    public static List<String> all() {
        record Local(String a, String b) {}
        int[] numbers = {};
        Every one = new Every(true, 'a', (byte) 1, (short) 2, 3, 4L << 33, 5f, 6.0, "7", null, null, List.of("8"));
        Every same = new Every(true, 'a', (byte) 1, (short) 2, 3, 4L << 33, 5f, 6.0, new String("7"), null, null, List.of("8"));
        List<Object> objects = List.of(
                new Empty(), new Empty(), one, same,
                new Every(false, 'a', (byte) 1, (short) 2, 3, 4L << 33, 5f, 6.0, "7", null, null, List.of("8")),
                new Every(true, 'b', (byte) 1, (short) 2, 3, 4L << 33, 5f, 6.0, "7", null, null, List.of("8")),
                new Every(true, 'a', (byte) -1, (short) 2, 3, 4L << 33, 5f, 6.0, "7", null, null, List.of("8")),
                new Every(true, 'a', (byte) 1, (short) -2, 3, 4L << 33, 5f, 6.0, "7", null, null, List.of("8")),
                new Every(true, 'a', (byte) 1, (short) 2, -3, 4L << 33, 5f, 6.0, "7", null, null, List.of("8")),
                new Every(true, 'a', (byte) 1, (short) 2, 3, 4L, 5f, 6.0, "7", null, null, List.of("8")),
                new Every(true, 'a', (byte) 1, (short) 2, 3, 4L << 33, -5f, 6.0, "7", null, null, List.of("8")),
                new Every(true, 'a', (byte) 1, (short) 2, 3, 4L << 33, 5f, -6.0, "7", null, null, List.of("8")),
                new Every(true, 'a', (byte) 1, (short) 2, 3, 4L << 33, 5f, 6.0, null, null, null, List.of("8")),
                new Every(true, 'a', (byte) 1, (short) 2, 3, 4L << 33, 5f, 6.0, "7", 9, null, List.of("8")),
                new Every(true, 'a', (byte) 1, (short) 2, 3, 4L << 33, 5f, 6.0, "7", null, null, null),
                new Decimal(0f, 0), new Decimal(-0f, 0), new Decimal(0f, -0.0),
                new Decimal(Float.NaN, Double.NaN), new Decimal(Float.NaN, Double.NaN),
                new Generic<>("x", new Generic<>("y", null)), new Generic<>("x", null), new Generic<>("x", null),
                new Own("a", 1), new Own("b", 1), new Local("a", "b"), new Local("b", "a"), "text");
        List<String> all = new ArrayList<>();
        for (Object each : objects) {
            StringBuilder equal = new StringBuilder();
            for (Object other : objects) {
                equal.append(each.equals(other) ? '=' : '.');
            }
            all.add(each + " " + each.hashCode() + " " + equal + each.equals(null));
        }
        all.add(new Letters(new char[] {'a'}).toString().replaceAll("@.*", "@"));
        all.add(new Every(true, 'a', (byte) 1, (short) 2, 3, 4L, 5f, 6.0, "7", 8, numbers, null)
                .equals(new Every(true, 'a', (byte) 1, (short) 2, 3, 4L, 5f, 6.0, "7", 8, numbers, null)) + "");
        return all;
    }
}
