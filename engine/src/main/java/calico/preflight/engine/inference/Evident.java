package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/** Something in the session that was seen on the host, or could not be looked at, and can say where. */
interface Evident {
    Evidence evidence();
}
