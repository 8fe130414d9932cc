package calico.preflight.facts.collect;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user says where the source does not.
 *
 * @param kernelRelease the release to be judged, of {@code --kernel-release}; it overrides what the source says
 * @param architecture the machine as {@code uname -m} names it, of {@code --arch}; it overrides what the source says
 * @param clock tells when the facts are collected
 */
public record CollectionOptions(Optional<String> kernelRelease, Optional<String> architecture, Clock clock) {
    public CollectionOptions {
        Objects.requireNonNull(kernelRelease, "kernelRelease");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(clock, "clock");
    }

    /** Nothing is overridden, and the time is that of this machine. */
    public static CollectionOptions none() {
        return new CollectionOptions(Optional.empty(), Optional.empty(), Clock.systemUTC());
    }

    /** The same, with this kernel release. */
    public CollectionOptions withKernelRelease(String release) {
        return new CollectionOptions(Optional.of(release), architecture, clock);
    }

    /** The same, with this architecture. */
    public CollectionOptions withArchitecture(String machine) {
        return new CollectionOptions(kernelRelease, Optional.of(machine), clock);
    }

    /** The same, at the time of this clock. */
    public CollectionOptions at(Clock otherClock) {
        return new CollectionOptions(kernelRelease, architecture, otherClock);
    }
}
