package calico.preflight.engine.inference;

/**
 * The check kind {@code privilege}. Judged is what Calico can be given on this host, not who runs the check.
 *
 * @param capability such as {@code CAP_SYS_ADMIN}
 * @param running the fact that holds the capabilities of a running Calico
 * @param container the fact that says whether this is a container
 * @param containerLimit the fact that holds what a process in the container can be given
 * @param hostLimit the fact that holds what the first process of the host can be given
 * @param userNamespace the fact that says whether root here is root of the machine
 */
public record PrivilegeDemand(
        String id,
        String capability,
        String running,
        String container,
        String containerLimit,
        String hostLimit,
        String userNamespace)
        implements Demand {}
