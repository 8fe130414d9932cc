package calico.preflight.engine.fleet;

import java.util.List;

/** What all comparisons of a fleet take of one host, in their order. */
public final class HostValues {

    private final List<HostValue> values;

    HostValues(List<HostValue> values) {
        this.values = List.copyOf(values);
    }

    List<HostValue> values() {
        return values;
    }
}
