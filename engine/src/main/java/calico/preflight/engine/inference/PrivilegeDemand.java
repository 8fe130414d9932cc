package calico.preflight.engine.inference;

/**
 * The check kind {@code privilege}.
 *
 * @param capability such as {@code CAP_SYS_ADMIN}
 * @param seat whose capabilities tell what Calico can be given on this host: {@code calico} (it runs), {@code container}, {@code host}, or {@code unclear}
 * @param fact the fact that holds them
 */
public record PrivilegeDemand(String id, String capability, String seat, String fact) implements FactDemand {}
