package examples.elsewhere;

import java.util.function.Function;

/** What a class in another package inherits. */
public class Parent {

    protected String greeting(String to) {
        return "greeting " + to;
    }

    protected static String shared(String to) {
        return "shared " + to;
    }

    protected Function<String, String> greets() {
        return this::greeting;
    }

    public static class Made {
        @Override
        public String toString() {
            return "made";
        }
    }
}
