package calico.preflight.cli.matrix;

import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Encapsulation;

/** A way to run a version of Calico. */
public record Mode(Dataplane dataplane, Encapsulation encapsulation) {}
