package calico.preflight.facts.parse;

import java.util.Optional;

/** What programs print of their version when they are asked for it. */
public final class ProgramVersion {

    private ProgramVersion() {}

    /**
     * The first word that is a version, without what a distribution adds: 1.0.6 of {@code nftables v1.0.6 (Lester Gooch #5)},
     * 1.6.20 of {@code containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1}.
     */
    public static Optional<String> of(String output) {
        return Lines.words(TextLines.first(output)).stream()
                .filter(word -> word.matches("v?[0-9]{1,6}(\\.[0-9]{1,6})+.{0,60}"))
                .findFirst()
                .flatMap(InstalledPackages::upstream);
    }

    /**
     * What {@code iptables --version} says it works with: {@code nft} for {@code (nf_tables)}, {@code legacy} otherwise, as
     * there is nothing else before version 1.8.
     */
    public static Optional<String> iptablesBackend(String output) {
        String line = TextLines.first(output);
        if (!line.startsWith("iptables ") || of(line).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(line.contains("(nf_tables)") ? "nft" : "legacy");
    }
}
