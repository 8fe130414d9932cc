package calico.preflight.facts.datastore;

/**
 * What keeps TLS from being right.
 *
 * @param word for the facts, of the list in {@link calico.preflight.facts.FactCatalogue}
 * @param why what the endpoint does wrong, for the reader: a verb and what follows it
 */
record TlsProblem(String word, String why) {}
