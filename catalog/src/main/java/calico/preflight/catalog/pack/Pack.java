package calico.preflight.catalog.pack;

import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.yaml.YamlFile;

/** A pack that was read and is right as far as its own file goes. */
record Pack(PackFile file, YamlFile yaml, PackSource source, CalicoVersion version) {}
