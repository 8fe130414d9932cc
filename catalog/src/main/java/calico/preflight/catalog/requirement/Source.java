package calico.preflight.catalog.requirement;

/**
 * Where a requirement is stated.
 *
 * @param document the title of the document, with the Calico version
 * @param section the section in it
 * @param url the public address
 */
public record Source(String document, String section, String url) {}
