package calico.preflight.engine;

/** Whose inference rules may run. DRL is code, if of a closed language, and so it needs a word where YAML needs none. */
public enum RuleTrust {
    /** Only those that belong to the installation. */
    INSTALLATION,
    /** Those of other folders too: the user said so. */
    ANYBODY
}
