package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * The rules of iptables on the host, counted.
 *
 * @param id the requirement
 * @param legacy the number of the legacy kind
 * @param nft the number of the nft kind
 * @param detected the kind that Felix takes where it is to find out: {@code Legacy} or {@code NFT}
 * @param seen both kinds were seen; otherwise the numbers mean nothing
 * @param why why not; empty where they were
 * @param fact a fact that shows it
 * @param origin where
 */
public record IptablesRules(
        String id, int legacy, int nft, String detected, boolean seen, String why, String fact, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, seen ? legacy + " legacy, " + nft + " nft" : "not seen: " + why, origin);
    }
}
