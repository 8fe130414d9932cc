package calico.preflight.cli.render;

import calico.preflight.facts.HostFacts;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The host in a few words, each only where it is known.
 *
 * @param name the host's own name
 * @param source where the facts were collected
 * @param architecture as {@code uname -m}
 * @param kernelRelease as {@code uname -r}
 * @param distribution id and version of os-release, such as {@code debian 12}
 */
public record HostSummary(
        Optional<String> name,
        String source,
        Optional<String> architecture,
        Optional<String> kernelRelease,
        Optional<String> distribution) {

    /** The summary of these facts. */
    public static HostSummary of(HostFacts facts) {
        String distribution = Stream.of(known(facts, "os.id"), known(facts, "os.version"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return new HostSummary(
                known(facts, "host.name"),
                facts.source(),
                known(facts, "host.architecture"),
                known(facts, "kernel.release"),
                distribution.isEmpty() ? Optional.empty() : Optional.of(distribution));
    }

    private static Optional<String> known(HostFacts facts, String name) {
        return facts.get(name).known().map(Object::toString);
    }
}
