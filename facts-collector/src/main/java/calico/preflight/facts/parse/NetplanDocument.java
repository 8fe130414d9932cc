package calico.preflight.facts.parse;

/**
 * The content of one file of netplan, wherever it is written down.
 *
 * @param path the file that it stands in
 * @param tree with the key {@code network}
 */
record NetplanDocument(String path, YamlValue tree) {}
