package calico.preflight.catalog.target;

/** A value of a target option, with the name that the command line, the packs and the reports use. */
public interface TargetValue {
    String label();
}
