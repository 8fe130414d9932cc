package calico.preflight.engine.drl;

/** How two values are compared. */
enum Operator {
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    MEMBER_OF("memberOf"),
    CONTAINS("contains");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    /** As it is written. */
    String sign() {
        return sign;
    }
}
