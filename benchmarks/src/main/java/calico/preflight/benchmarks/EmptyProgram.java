package calico.preflight.benchmarks;

/** Does nothing: what a JVM costs by itself. */
public final class EmptyProgram {

    private EmptyProgram() {}

    /** Returns. */
    public static void main(String[] arguments) {}
}
