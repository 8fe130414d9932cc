package calico.preflight.engine.inference;

import java.util.List;

/**
 * The check kind {@code openstack-release}.
 *
 * @param fact the fact that names the release outright
 * @param packages the fact that holds the installed packages
 * @param minimum the oldest release
 * @param tested the releases that were tested
 */
public record OpenstackReleaseDemand(String id, String fact, String packages, String minimum, List<String> tested)
        implements Demand {}
