package calico.preflight.catalog.pack;

/**
 * Why a requirement of an older pack is no longer there.
 *
 * @param pack the id of the pack that removed it
 * @param because the reason in the words of that pack
 */
public record Removal(String pack, String because) {}
