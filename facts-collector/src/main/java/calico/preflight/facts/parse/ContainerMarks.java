package calico.preflight.facts.parse;

import java.util.List;
import java.util.Optional;

/** Tells containers by what they leave in the environment and the control groups of their first process. */
public final class ContainerMarks {

    private static final int LONGEST_KIND = 64;

    private record Mark(String words, String kind) {}

    private static final List<Mark> GROUPS = List.of(
            new Mark("/libpod", "podman"),
            new Mark("/docker", "docker"),
            new Mark("/crio-", "cri-o"),
            new Mark("/cri-containerd", "containerd"),
            new Mark("/kubepods", "kubernetes"),
            new Mark("/lxc", "lxc"),
            new Mark("/ecs/", "ecs"));

    private ContainerMarks() {}

    /** The variable {@code container} of {@code /proc/1/environ}, which container managers set by agreement. */
    public static Optional<String> inEnvironment(String environ) {
        for (String variable : environ.split("\0", -1)) {
            if (variable.startsWith("container=")) {
                return kind(variable.substring("container=".length()));
            }
        }
        return Optional.empty();
    }

    /** The kind of container that {@code /proc/1/cgroup} shows by the names of the groups. */
    public static Optional<String> inControlGroups(String cgroup) {
        return GROUPS.stream()
                .filter(mark -> cgroup.contains(mark.words()))
                .map(Mark::kind)
                .findFirst();
    }

    /** A kind as a file or variable names it, if it is a word. */
    public static Optional<String> kind(String text) {
        String word = text.strip();
        boolean usable =
                !word.isEmpty() && word.length() <= LONGEST_KIND && word.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return usable ? Optional.of(word) : Optional.empty();
    }
}
