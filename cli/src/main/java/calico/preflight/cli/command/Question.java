package calico.preflight.cli.command;

import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Target;

/**
 * What a host is judged by.
 *
 * @param target what is to be run; of the pack's version, or of one that the pack stands in for
 */
record Question(ResolvedPack pack, Target target) {}
