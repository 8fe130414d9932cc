package calico.preflight.engine.drl.words;

import java.util.Comparator;

/** Something with an order. */
public record Version(int major, int minor) implements Comparable<Version> {

    @Override
    public int compareTo(Version other) {
        return Comparator.comparingInt(Version::major)
                .thenComparingInt(Version::minor)
                .compare(this, other);
    }
}
