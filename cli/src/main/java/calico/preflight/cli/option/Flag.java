package calico.preflight.cli.option;

import picocli.CommandLine.Model.ArgSpec;

/** An option without a value. */
public final class Flag {

    private final ArgSpec description;

    Flag(ArgSpec description) {
        this.description = description;
    }

    /** Was it given? */
    public boolean isGiven() {
        return Boolean.TRUE.equals(description.getValue());
    }
}
