package calico.preflight.facts;

import java.util.Objects;

/** A fact of one host: its name in the {@link FactCatalogue} and what came of looking for it. */
public record Fact(String name, Observed<FactValue> observed) {
    public Fact {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(observed, "observed");
    }
}
