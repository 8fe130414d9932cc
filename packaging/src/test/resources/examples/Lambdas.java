package examples;

import examples.elsewhere.Parent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lambdas and references to methods of every kind. */
public class Lambdas extends Parent {

    private final String name = "me";
    private final List<String> said = new ArrayList<>();

    public static List<String> all() {
        Lambdas lambdas = new Lambdas();
        lambdas.capturing();
        lambdas.referring();
        lambdas.converting();
        lambdas.nested();
        lambdas.complaining();
        lambdas.inherited();
        lambdas.identities();
        new Interface() {}.inInterface(lambdas.said);
        return lambdas.said;
    }

    private void say(Object what) {
        said.add(String.valueOf(what));
    }

    private void capturing() {
        boolean bool = true;
        char letter = 'x';
        byte small = 1;
        short shorter = 2;
        int number = 3;
        long big = 4L;
        float fraction = 5f;
        double precise = 6.0;
        String text = "7";
        int[] numbers = {8, 9};
        Supplier<String> every = () -> String.join(
                ",", "" + bool, "" + letter, "" + small, "" + shorter, "" + number, "" + big, "" + fraction, "" + precise,
                text, "" + numbers[1], name);
        say(every.get());
        BiFunction<Long, Double, Double> mixed = (a, b) -> a + b + big + precise;
        say(mixed.apply(1L, 2.0));
        IntBinaryOperator sum = (a, b) -> a + b + number;
        say(sum.applyAsInt(1, 2));
        DoubleUnaryOperator twice = d -> 2 * d;
        say(twice.applyAsDouble(1.25));
        LongSupplier long1 = () -> big;
        say(long1.getAsLong());
        Runnable run = () -> say("ran " + text);
        run.run();
        ObjIntConsumer<String> both = (a, b) -> say(a + b);
        both.accept("both", 1);
        BooleanSupplier yes = () -> !bool;
        say(yes.getAsBoolean());
    }

    private void referring() {
        say(Stream.of("b", "a").sorted(String::compareTo).toList());
        say(Stream.of("b", "a").sorted(Comparator.comparing(String::length).reversed()).toList());
        say(Stream.of("b", "aa").map(String::length).toList());
        say(Stream.of("b", "aa").mapToInt(String::length).sum());
        say(Stream.of("1", "2").map(Integer::valueOf).reduce(0, Integer::sum));
        Supplier<List<String>> make = ArrayList::new;
        say(make.get());
        Function<String, StringBuilder> builder = StringBuilder::new;
        say(builder.apply("built"));
        IntFunction<int[]> array = int[]::new;
        say(array.apply(3).length);
        Function<int[], Object> copy = int[]::clone;
        say(((int[]) copy.apply(new int[4])).length);
        Function<Integer, Secret> secret = Secret::new;
        say(secret.apply(5).number);
        Consumer<Object> bound = this::say;
        bound.accept("bound");
        Supplier<String> text = "text"::toString;
        say(text.get());
        CharSequence sequence = "sequence";
        IntFunction<Character> at = sequence::charAt;
        say(at.apply(2));
        Map<String, Integer> map = new TreeMap<>(Map.of("a", 1));
        BiFunction<String, Integer, Integer> put = map::put;
        say(put.apply("a", 2) + " " + map);
        Map<String, List<Integer>> lists = new TreeMap<>();
        lists.computeIfAbsent("x", key -> new ArrayList<>()).add(1);
        say(lists);
        Consumer<List<String>> cleared = List::clear;
        cleared.accept(new ArrayList<>(List.of("x")));
        Consumer<String> dropped = said::add;
        dropped.accept("what it returns is dropped");
        Consumer<String> dropsLong = Long::parseLong;
        dropsLong.accept("5");
        Function<Object, String> name = Object::toString;
        say(name.apply(5));
        Function<Lambdas, String> hidden = Lambdas::hidden;
        say(hidden.apply(this));
        Supplier<Runnable> nothing = () -> () -> {};
        nothing.get().run();
        try {
            Supplier<String> early = ((String) null)::toString;
            say("never " + early);
        } catch (NullPointerException e) {
            say("null is told at once");
        }
    }

    private String hidden() {
        return "hidden in " + name;
    }

    private static int count(long number) {
        return (int) number;
    }

    private static Integer boxed(Integer number) {
        return number + 1;
    }

    private static long widened(int number) {
        return number + 1L;
    }

    private static Object any(Object first, Object... more) {
        return first + " and " + more.length;
    }

    private interface Returns<T> {
        T get(int number, T otherwise);
    }

    private interface Chars {
        int of(char letter);
    }

    private interface Bytes {
        long of(byte small, short shorter);
    }

    private static double wide(float fraction, double precise) {
        return fraction + precise;
    }

    private interface Wide {
        double of(long number, float fraction);
    }

    private void converting() {
        IntFunction<Object> boxes = Lambdas::boxed;
        say(boxes.apply(1));
        ToLongFunction<Integer> widens = Lambdas::boxed;
        say(widens.applyAsLong(2));
        Function<Integer, Long> unboxes = Lambdas::widened;
        say(unboxes.apply(3));
        ToDoubleFunction<Integer> further = Lambdas::widened;
        say(further.applyAsDouble(4));
        IntToLongFunction same = Lambdas::widened;
        say(same.applyAsLong(5));
        Function<Integer, Integer> counts = i -> count(i);
        say(counts.apply(6));
        ToIntFunction<Long> unboxedLong = Lambdas::count;
        say(unboxedLong.applyAsInt(7L));
        IntFunction<Integer> widenedToLong = Lambdas::count;
        say(widenedToLong.apply(8));
        Function<String, Object> varied = Lambdas::any;
        say(varied.apply("one"));
        BiFunction<String, String, Object> varied2 = Lambdas::any;
        say(varied2.apply("one", "two"));
        Chars chars = Lambdas::count;
        say(chars.of('a'));
        Bytes bytes = Integer::sum;
        say(bytes.of((byte) -1, (short) -2));
        Wide wide = Lambdas::wide;
        say(wide.of(1L << 50, 0.5f));
        Returns<Integer> picks = Math::max;
        say(picks.get(1, 2));
        Predicate<Boolean> unboxed = Boolean::booleanValue;
        say(unboxed.test(true));
        Function<Object, Integer> raw = cast(Lambdas::boxed);
        try {
            say(raw.apply("text"));
        } catch (ClassCastException e) {
            say("no number");
        }
        Comparator<Integer> compares = Integer::compare;
        say(compares.compare(1, 2));
        BinaryOperator<Double> adds = Double::sum;
        say(adds.apply(1.0, 2.0));
        LongFunction<String> longs = String::valueOf;
        say(longs.apply(5));
        try {
            ToIntFunction<Integer> absent = Integer::intValue;
            say(absent.applyAsInt(null));
        } catch (NullPointerException e) {
            say("nothing to unbox");
        }
        ToIntFunction<Holder<Integer>> held = Holder::get;
        say(held.applyAsInt(new Holder<>(9)));
        ToLongFunction<Holder<Integer>> heldWide = Holder::get;
        say(heldWide.applyAsLong(new Holder<>(10)));
        Function<Holder<Character>, Character> heldChar = Holder::get;
        say(heldChar.apply(new Holder<>('c')));
        Predicate<Holder<Boolean>> heldBoolean = Holder::get;
        say(heldBoolean.test(new Holder<>(true)));
    }

    private record Holder<T>(T get) {}

    @SuppressWarnings("unchecked")
    private static Function<Object, Integer> cast(Function<Integer, Integer> function) {
        return (Function<Object, Integer>) (Function<?, ?>) function;
    }

    private void nested() {
        UnaryOperator<Function<Integer, Integer>> outer = inner -> a -> {
            Supplier<Integer> last = () -> inner.apply(a) + name.length();
            return last.get();
        };
        say(outer.apply(b -> b * 2).apply(5));
        say(IntStream.range(0, 3).mapToObj(i -> IntStream.range(0, i).mapToObj(j -> i + ":" + j)
                .collect(Collectors.joining(","))).collect(Collectors.joining(";")));
        say(new Inner().deeper().get());
        Callable<String> anonymous = new Callable<>() {
            private final String mine = "mine";

            @Override
            public String call() {
                Supplier<String> both = () -> mine + name + hidden();
                return both.get();
            }
        };
        try {
            say(anonymous.call());
        } catch (Exception e) {
            say(e);
        }
        say(Kind.TWO.of.apply("x"));
        Serializable kept = (Serializable & Supplier<String>) () -> "can be kept";
        say(((Supplier<?>) kept).get());
    }

    private void complaining() {
        Supplier<String> fails = () -> {
            throw new IllegalStateException("complaint");
        };
        try {
            fails.get();
        } catch (IllegalStateException e) {
            for (StackTraceElement element : e.getStackTrace()) {
                if (element.getMethodName().startsWith("lambda$") || element.getMethodName().equals("complaining")) {
                    say(element);
                }
            }
        }
        Callable<String> checked = () -> {
            throw new Exception("checked");
        };
        try {
            checked.call();
        } catch (Exception e) {
            say(e);
        }
    }

    @Override
    protected String greeting(String to) {
        return "overridden " + to;
    }

    private void inherited() {
        Function<String, String> mine = this::greeting;
        Function<String, String> theirs = super::greeting;
        Function<String, String> shared = Parent::shared;
        Supplier<Object> made = Parent.Made::new;
        say(mine.apply("a") + theirs.apply("b") + shared.apply("c") + made.get());
        Function<String, String> greets = super.greets();
        say(greets.apply("d"));
    }

    private static Runnable same() {
        return () -> {};
    }

    private static Supplier<Object> fresh(Object captured) {
        return () -> captured;
    }

    private void identities() {
        say(same() == same());
        say(fresh("x") == fresh("x"));
        say(same().getClass() == same().getClass());
        say(same().getClass().isSynthetic());
        say(fresh("x").getClass().getNestHost() == Lambdas.class);
    }

    private static final class Secret {
        private final int number;

        private Secret(int number) {
            this.number = number;
        }
    }

    private final class Inner {
        private Supplier<Supplier<String>> deep() {
            return () -> () -> name + hidden() + Inner.this.own();
        }

        private Supplier<String> deeper() {
            return deep().get();
        }

        private String own() {
            return "own";
        }
    }

    private enum Kind {
        ONE(a -> a + 1),
        TWO(a -> a + 2);

        private final Function<String, String> of;

        Kind(Function<String, String> of) {
            this.of = of;
        }
    }

    private interface Interface {
        Supplier<String> FIELD = () -> "field of an interface";

        default void inInterface(List<String> said) {
            Supplier<String> mine = () -> secretly("default");
            Supplier<String> theirs = this::hiddenly;
            said.add(mine.get() + theirs.get() + FIELD.get() + statically().get());
        }

        private String secretly(String what) {
            return "secret " + what;
        }

        private String hiddenly() {
            return "hidden";
        }

        static Supplier<String> statically() {
            return () -> "static";
        }
    }
}
